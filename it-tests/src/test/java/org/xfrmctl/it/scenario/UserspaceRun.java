package org.xfrmctl.it.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.xfrmctl.cli.lab.LabLinkSpec;
import org.xfrmctl.cli.lab.Scenario;
import org.xfrmctl.cli.lab.ScenarioReader;
import org.xfrmctl.cli.lab.userspace.UserspaceLaboratory;
import org.xfrmctl.datapath.host.Identifiers;

/** A scenario on userspace kernels, with the same keys as on the real one, captured to {@code directory}. */
record UserspaceRun(String name, Path directory, ScenarioRecord record) {

    /** {@code identifiers} gives each host its choices. */
    static UserspaceRun of(String name, Path directory, Function<String, Identifiers> identifiers) {
        Scenario scenario = ScenarioReader.read(Scenarios.named(name));
        try (UserspaceLaboratory laboratory = new UserspaceLaboratory(scenario.topology(), identifiers)) {
            scenario.topology().links().forEach(link -> laboratory.capture(link.name(), file(directory, name, link)));
            ScenarioRecord record =
                    new ScenarioExecution(scenario, laboratory, host -> List.of(), ScenarioKeys.of(name)).run(name);
            return new UserspaceRun(name, directory, record);
        }
    }

    /** As the real kernel's hosts chose in {@code kernel}'s run. */
    static UserspaceRun replaying(String name, Path directory, KernelRun kernel) {
        Scenario scenario = ScenarioReader.read(Scenarios.named(name));
        Opener opener = new Opener(name, scenario);
        return of(name, directory, host -> Replay.of(host, scenario, opener, link -> kernel.capture(name, link)));
    }

    Path capture(String link) {
        return directory.resolve(name + "-" + link + ".pcap");
    }

    private static Path file(Path directory, String name, LabLinkSpec link) {
        return directory.resolve(name + "-" + link.name() + ".pcap");
    }
}
