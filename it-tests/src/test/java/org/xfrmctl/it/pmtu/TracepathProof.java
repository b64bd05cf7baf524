package org.xfrmctl.it.pmtu;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.RunningKernel;
import org.xfrmctl.cli.lab.LabRunner;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.namespace.NamespaceLaboratory;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.scenario.RecordFile;
import org.xfrmctl.netlink.sys.NetworkNamespace;

/** Runs inside the guest: tracepath and our own commands find out the same paths, each in the namespace of a host. */
final class TracepathProof {
    static final String RESULT = "tracepath.json";

    static final List<PathCase> PATHS = List.of(
            new PathCase(PathCase.Errors.PASS, true, PathCase.Families.IPV4, 1400, PathCase.Sender.HOST),
            new PathCase(PathCase.Errors.PASS, true, PathCase.Families.IPV6, 1400, PathCase.Sender.HOST),
            new PathCase(PathCase.Errors.PASS, true, PathCase.Families.FOUR_IN_SIX, 1400, PathCase.Sender.HOST),
            new PathCase(PathCase.Errors.PASS, true, PathCase.Families.SIX_IN_FOUR, 1400, PathCase.Sender.HOST),
            new PathCase(PathCase.Errors.PASS, true, PathCase.Families.IPV4, 1400, PathCase.Sender.GATEWAY));

    /** By case, what each program said, exit status and all. */
    record Result(Map<String, List<String>> said) {}

    private final NamespaceLaboratory laboratory;
    private final Path definition;

    private TracepathProof(NamespaceLaboratory laboratory, Path definition) {
        this.laboratory = laboratory;
        this.definition = definition;
    }

    /** The argument is the directory for the result. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory("tracepath");
        Scenario whole = PathLab.in(directory, 1400, PathCase.Errors.PASS, PATHS);
        // Both ends go up, and nothing is sent.
        Scenario scenario = new Scenario(
                whole.title(),
                whole.file(),
                whole.topology(),
                whole.definitions(),
                whole.generateKeys(),
                whole.steps().subList(0, 1));
        Map<String, List<String>> said = new LinkedHashMap<>();
        try (NamespaceLaboratory laboratory = NamespaceLaboratory.open(scenario.topology());
                LabRunner runner = new LabRunner(scenario, laboratory)) {
            var unused = runner.run(ignored -> {});
            TracepathProof proof = new TracepathProof(laboratory, directory.resolve("b.yaml"));
            for (int i = 0; i < PATHS.size(); i++) {
                said.put(PATHS.get(i).toString(), proof.ask(PATHS.get(i), i));
            }
        }
        RecordFile.write(Path.of(arguments[0]).resolve(RESULT), new Result(said));
    }

    /** The order matters: what tracepath has taught the kernels, the others only confirm. */
    private List<String> ask(PathCase path, int number) {
        boolean six = path.families().innerSix();
        String target = six ? "fd00:3::" + Integer.toHexString(10 + number) : "10.3.0." + (10 + number);
        List<String> said = new ArrayList<>();
        if (path.sender() == PathCase.Sender.HOST) {
            said.add(tracepath("a", target));
            said.add(xfrmctl("a", "mtu", "probe", "--to", target));
        } else {
            said.add(xfrmctl("b", "mtu", "probe", "-f", definition.toString(), "path" + number, "--to", target));
            said.add(tracepath("b", target));
        }
        said.add(xfrmctl("b", "mtu", "-f", definition.toString(), "path" + number));
        return said;
    }

    private String tracepath(String host, String target) {
        return Programs.output(
                List.of("ip", "netns", "exec", laboratory.namespaceOf(host), "tracepath", "-n", "-m", "8", target));
    }

    private String xfrmctl(String host, String... words) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        int status = NetworkNamespace.named(laboratory.namespaceOf(host))
                .call(() -> Main.commandLine(new RunningKernel())
                        .setOut(writer)
                        .setErr(writer)
                        .execute(words));
        return text + "= " + status;
    }
}
