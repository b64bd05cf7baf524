package org.xfrmctl.it.scenario;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.lab.Laboratory;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.ScenarioReader;
import org.xfrmctl.cli.lab.namespace.NamespaceLaboratory;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.scenario.ScenarioRecord.TextRecord;

/** Runs inside the guest: every scenario on the real kernel, with our manager, ping and tcpdump. */
final class GuestScenarios {
    private GuestScenarios() {}

    /** Which of the scenarios run in one guest. */
    enum Part {
        /** Each second one of those that any kernel can run, and what a person reads when it refuses. */
        FIRST_HALF,
        SECOND_HALF,
        /** Those that take xfrm interfaces or nftables. */
        INTERFACES;

        List<Path> scenarios() {
            List<Path> scenarios = new ArrayList<>(this == INTERFACES ? Scenarios.interfaces() : Scenarios.all());
            Scenarios.transfers().stream()
                    .filter(each -> Scenarios.takesNftables(each) == (this == INTERFACES))
                    .forEach(scenarios::add);
            if (this == INTERFACES) {
                return scenarios;
            }
            return IntStream.range(0, scenarios.size())
                    .filter(each -> each % 2 == ordinal())
                    .mapToObj(scenarios::get)
                    .toList();
        }
    }

    /** {@code args[0]} is the directory for records and captures, {@code args[1]} names the {@link Part}. */
    public static void main(String[] args) throws IOException {
        Path results = Path.of(args[0]);
        Part part = Part.valueOf(args[1]);
        // Java looks once whether there is IPv6, and sees it by an address: that of lo.
        Programs.output(List.of("ip", "link", "set", "lo", "up"));
        if (part == Part.FIRST_HALF) {
            GuestRefusals.record(results);
        }
        Map<String, ScenarioRecord> records = new LinkedHashMap<>();
        for (Path directory : part.scenarios()) {
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
