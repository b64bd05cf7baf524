package org.xfrmctl.it.docker;

import java.util.UUID;

/** A program in a container that runs until it is interrupted, and says a word when it has begun and one when it ends. */
final class BackgroundProgram {
    private final ContainerHost host;
    private final String output;
    private final String process;
    private final String lastWords;

    private BackgroundProgram(ContainerHost host, String output, String process, String lastWords) {
        this.host = host;
        this.output = output;
        this.process = process;
        this.lastWords = lastWords;
    }

    /** Returns when it has written {@code firstWords}. */
    static BackgroundProgram start(ContainerHost host, String command, String firstWords, String lastWords) {
        String output = "/tmp/" + UUID.randomUUID();
        String process = host.script("mkdir -p /tmp; " + command + " </dev/null >" + output + " 2>&1 & echo $!; "
                        + await(firstWords, output))
                .text()
                .strip();
        return new BackgroundProgram(host, output, process, lastWords);
    }

    /** Interrupts it, and returns all that it has written to the end. */
    String stop() {
        return host.script("kill -INT " + process + "; " + await(lastWords, output) + "; cat " + output)
                .text();
    }

    /** Sixty seconds are more than any of them needs, also on an emulated machine. */
    private static String await(String words, String output) {
        return "i=0; until case \"$(cat " + output + ")\" in *\"" + words + "\"*) true ;; *) false ;; esac; do"
                + " i=$((i + 1)); [ $i -lt 600 ] || { cat " + output + " >&2; exit 1; }; sleep 0.1; done";
    }
}
