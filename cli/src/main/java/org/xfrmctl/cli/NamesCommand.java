package org.xfrmctl.cli;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.xfrmctl.model.definition.Definition;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code xfrmctl names}: what the scripts of {@code completion} ask for. Reads no secret and asks no kernel. */
@Command(
        name = "names",
        hidden = true,
        header = "print the names that a definition gives",
        description = "Print the names that a definition gives, a line each; for completion.",
        footerHeading = "%nExamples:%n",
        footer = "  xfrmctl names --of interfaces -f x.yaml",
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class NamesCommand implements Callable<Integer> {
    /** What has names. */
    enum Named {
        children,
        interfaces
    }

    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Option(
            names = "--of",
            paramLabel = "WHAT",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}: connections and their children.")
    Named of = Named.children;

    @Override
    public Integer call() {
        Definition definition = options.definition();
        Set<String> names = new LinkedHashSet<>();
        if (of == Named.interfaces) {
            definition.interfaces().forEach(each -> names.add(each.name()));
        } else {
            definition.children().forEach(child -> {
                names.add(child.name().connection());
                names.add(child.name().toString());
            });
        }
        var out = spec.commandLine().getOut();
        names.forEach(out::println);
        out.flush();
        return ExitCode.DONE;
    }
}
