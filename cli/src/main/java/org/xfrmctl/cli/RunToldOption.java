package org.xfrmctl.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command tells of its run. */
final class RunToldOption {
    @Option(names = "--json", description = "Print one JSON object when all is done.")
    boolean json;

    RunTold by(CommandSpec spec) {
        return json
                ? new RunAsJson(spec.commandLine().getOut(), spec.commandLine().getErr())
                : new RunText(spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
