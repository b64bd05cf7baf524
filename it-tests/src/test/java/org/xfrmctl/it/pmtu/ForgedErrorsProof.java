package org.xfrmctl.it.pmtu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xfrmctl.cli.lab.LabRunner;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.StepResult;
import org.xfrmctl.cli.lab.namespace.NamespaceLaboratory;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.scenario.RecordFile;

/** Runs inside the guest: the router between the gateways says things that are not so, and what B then thinks of the way to C. */
final class ForgedErrorsProof {
    static final String RESULT = "forged.json";
    /** What a kernel thinks that has been told nothing. */
    static final String NOTHING = "nothing";

    static final String BEFORE = "before";
    static final String OTHER_SPI = "another SPI";
    static final String FLOOD = "a flood of guesses";
    static final String IMPOSSIBLE = "an MTU of no link";
    static final String LOWEST = "the lowest MTU";

    private static final List<PathCase> PATHS = List.of(
            new PathCase(PathCase.Errors.PASS, true, PathCase.Families.IPV4, 1500, PathCase.Sender.HOST),
            new PathCase(PathCase.Errors.PASS, true, PathCase.Families.IPV6, 1500, PathCase.Sender.HOST));
    private static final Pattern LEARNT = Pattern.compile("expires \\d+sec mtu (.*\\d)");

    private final NamespaceLaboratory laboratory;
    private final Path script;

    /** By family and claim, what is learnt of the way to C. */
    record Result(Map<String, Map<String, String>> learnt) {}

    private ForgedErrorsProof(NamespaceLaboratory laboratory, Path script) {
        this.laboratory = laboratory;
        this.script = script;
    }

    /** The arguments are the directory for the result and the script that forges. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("forged");
        Scenario scenario = PathLab.in(directory, 1500, PathCase.Errors.PASS, PATHS);
        Map<String, Map<String, String>> learnt = new LinkedHashMap<>();
        try (NamespaceLaboratory laboratory = NamespaceLaboratory.open(scenario.topology());
                LabRunner runner = new LabRunner(scenario, laboratory)) {
            for (StepResult result : runner.run(ignored -> {})) {
                if (result instanceof StepResult.Transferred transferred
                        && transferred.result().received() != PathLab.BYTES) {
                    throw new IllegalStateException(result.step() + ": " + result.failures());
                }
            }
            ForgedErrorsProof proof = new ForgedErrorsProof(laboratory, Path.of(arguments[1]));
            learnt.put("IPv4", proof.told("192.168.1.1", "192.168.2.1", PathLab.FIRST_SPI));
            learnt.put("IPv6", proof.told("fd00:11::1", "fd00:12::2", PathLab.FIRST_SPI + 2));
        }
        RecordFile.write(Path.of(arguments[0]).resolve(RESULT), new Result(learnt));
    }

    private Map<String, String> told(String gateway, String peer, int spi) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put(BEFORE, learnt(peer));
        forge(gateway, peer, spi + 0x1000, "600");
        told.put(OTHER_SPI, learnt(peer));
        forge(gateway, peer, spi, "600", "5000");
        told.put(FLOOD, learnt(peer));
        forge(gateway, peer, spi, "67");
        told.put(IMPOSSIBLE, learnt(peer));
        forge(gateway, peer, spi, "68");
        told.put(LOWEST, learnt(peer));
        return told;
    }

    private String learnt(String peer) {
        Matcher matcher = LEARNT.matcher(Programs.output(
                List.of("ip", "-netns", laboratory.namespaceOf("b"), "-o", "route", "get", peer)));
        return matcher.find() ? matcher.group(1).strip() : NOTHING;
    }

    private void forge(String gateway, String peer, int spi, String... rest) {
        List<String> words = new ArrayList<>(List.of(
                "ip", "netns", "exec", laboratory.namespaceOf("router"), "python3", script.toString(), gateway, gateway,
                peer, Integer.toString(spi)));
        words.addAll(List.of(rest));
        var unused = Programs.output(words);
    }
}
