package org.xfrmctl.cli.completion;

import picocli.CommandLine.Model.CommandSpec;

/** The shells that there is a script for. */
public enum CompletionShell {
    bash,
    zsh,
    fish;

    /** The script for a program, which is the root of its commands. */
    public String script(CommandSpec program) {
        CompletedCommand commands = CompletedCommand.of(program);
        return switch (this) {
            case bash -> BashCompletion.script(commands);
            case zsh -> ZshCompletion.script(commands);
            case fish -> FishCompletion.script(commands);
        };
    }

    /** Text in single quotes, for bash and zsh. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
