package org.xfrmctl.it.scenario;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.lab.Laboratory;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.ScenarioReader;
import org.xfrmctl.cli.lab.namespace.NamespaceLaboratory;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.scenario.ScenarioRecord.TextRecord;

/** Runs inside the guest: every scenario on the real kernel, with our manager, ping and tcpdump. */
final class GuestScenarios {
    static final String INTERFACES = "interfaces";

    private GuestScenarios() {}

    /**
     * {@code args[0]} is the directory for records and captures; with {@code args[1]} {@code interfaces} those that take xfrm
     * interfaces or nftables run, else all others.
     */
    public static void main(String[] args) throws IOException {
        Path results = Path.of(args[0]);
        boolean interfaces = args.length > 1 && args[1].equals(INTERFACES);
        // Java looks once whether there is IPv6, and sees it by an address: that of lo.
        Programs.output(List.of("ip", "link", "set", "lo", "up"));
        if (!interfaces) {
            GuestRefusals.record(results);
        }
        Map<String, ScenarioRecord> records = new LinkedHashMap<>();
        List<Path> scenarios = new ArrayList<>(interfaces ? Scenarios.interfaces() : Scenarios.all());
        Scenarios.transfers().stream()
                .filter(each -> Scenarios.takesNftables(each) == interfaces)
                .forEach(scenarios::add);
        for (Path directory : scenarios) {
            String name = Scenarios.name(directory);
            records.put(name, run(name, ScenarioReader.read(directory), results));
        }
        RecordFile.write(results.resolve("scenarios.json"), new ScenarioRecord.All(records));
    }

    private static ScenarioRecord run(String name, Scenario scenario, Path results) {
        List<Laboratory.Capture> captures = new ArrayList<>();
        try (NamespaceLaboratory laboratory = NamespaceLaboratory.open(scenario.topology())) {
            scenario.topology()
                    .links()
                    .forEach(link -> captures.add(
                            laboratory.capture(link.name(), results.resolve(name + "-" + link.name() + ".pcap"))));
            ScenarioRecord record =
                    new ScenarioExecution(scenario, laboratory, new Texts(laboratory), ScenarioKeys.of(name)).run(name);
            captures.forEach(Laboratory.Capture::close);
            return record;
        }
    }

    /** Our two dump commands beside iproute2's, brief and with statistics. */
    private record Texts(NamespaceLaboratory laboratory) implements ScenarioExecution.TextComparison {
        @Override
        public List<TextRecord> compare(String host) {
            List<TextRecord> texts = new ArrayList<>();
            for (String table : List.of("state", "policy")) {
                texts.add(compare(host, List.of("ip", "xfrm", table), table, "--show-keys"));
                texts.add(compare(host, List.of("ip", "-s", "xfrm", table), table, "-s", "--show-keys"));
            }
            texts.add(compare(host, List.of("ip", "-s", "xfrm", "state", "list", "nokeys"), "state", "-s"));
            return texts;
        }

        private TextRecord compare(String host, List<String> theirs, String... ours) {
            StringWriter out = new StringWriter();
            int status = Main.commandLine(() -> laboratory.host(host).openNetlink())
                    .setOut(new PrintWriter(out))
                    .execute(ours);
            if (status != 0) {
                throw new IllegalStateException("xfrmctl " + String.join(" ", ours) + " ended with " + status);
            }
            List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", laboratory.namespaceOf(host)));
            command.addAll(theirs);
            return new TextRecord(host, String.join(" ", theirs), out.toString(), Programs.output(command));
        }
    }
}
