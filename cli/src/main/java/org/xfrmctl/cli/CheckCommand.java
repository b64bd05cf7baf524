package org.xfrmctl.cli;

import java.util.concurrent.Callable;
import org.xfrmctl.cli.render.Count;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.definition.Definition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xfrmctl check}: everything that can be found wrong without asking a kernel. */
@Command(
        name = "check",
        header = "say what is wrong with definitions",
        description = "Read definitions and their secrets and say what is wrong with them; asks no kernel.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl check                      what /etc/xfrmctl.d defines",
            "  xfrmctl check -f carol.yaml        one file",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class CheckCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Override
    public Integer call() {
        Definition definition = options.definition();
        DesiredState desired = ConnectionCompiler.compile(
                definition, DefinitionOptions.secrets().resolve(definition));
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (json) {
            out.println(Json.print(Json.object(
                    "connections", definition.connections().size(),
                    "children", desired.children().size(),
                    "states", desired.states().count(),
                    "policies", desired.policies().count(),
                    "warnings",
                            desired.warnings().stream().map(Object::toString).toList())));
            out.flush();
            return ExitCode.DONE;
        }
        desired.warnings().forEach(warning -> err.println("warning: " + warning));
        out.println("ok: " + Count.of(definition.connections().size(), "connection") + ", "
                + Count.of(desired.children().size(), "child", "children") + ", "
                + Count.of(desired.states().count(), "state") + ", "
                + Count.of(desired.policies().count(), "policy", "policies"));
        err.flush();
        out.flush();
        return ExitCode.DONE;
    }
}
