package org.xfrmctl.cli;

import java.util.Map;
import org.xfrmctl.cli.colour.Painting;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code --color WHEN}: whether what a command prints for people is coloured. JSON never is. */
final class ColourOptions {
    enum When {
        auto,
        always,
        never
    }

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description =
                    "Use colours: ${COMPLETION-CANDIDATES}. auto (the default): in a terminal, and not with NO_COLOR in"
                            + " the environment; or with CLICOLOR_FORCE.")
    When when = When.auto;

    /** The text as it is to be printed. Unless it is asked for, that is decided where the program's output is known. */
    String paint(CommandSpec spec, Painting painting, String text) {
        boolean coloured = when == When.always
                || (when == When.auto
                        && spec.commandLine().getColorScheme().ansi().enabled());
        return coloured ? painting.paint(text) : text;
    }

    /**
     * Whether there are colours where nobody says anything on the command line (no-color.org, bixense.com/clicolors).
     *
     * @param terminal whether standard output is one
     */
    static boolean isUsual(Map<String, String> environment, boolean terminal) {
        String force = environment.getOrDefault("CLICOLOR_FORCE", "");
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return false;
        }
        if (!force.isEmpty() && !force.equals("0")) {
            return true;
        }
        return terminal
                && !environment.getOrDefault("CLICOLOR", "").equals("0")
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    }
}
