package org.xfrmctl.cli.completion;

import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** The shells that there is a script for. */
public enum CompletionShell {
    bash(BashCompletion::script),
    zsh(ZshCompletion::script),
    fish(FishCompletion::script);

    private final Function<CompletedCommand, String> writer;

    CompletionShell(Function<CompletedCommand, String> writer) {
        this.writer = writer;
    }

    /** The script for a program, which is the root of its commands. */
    public String script(CommandSpec program) {
        return writer.apply(CompletedCommand.of(program));
    }

    /** Text in single quotes, for bash and zsh. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
