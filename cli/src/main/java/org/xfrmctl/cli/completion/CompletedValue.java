package org.xfrmctl.cli.completion;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/** What can stand for a value. */
sealed interface CompletedValue {
    /** One of these. */
    record Words(List<String> words) implements CompletedValue {}

    /** The path of a file, or of a directory on the way to one. */
    record File() implements CompletedValue {}

    record Directory() implements CompletedValue {}

    /** A name that a definition gives. */
    record Name(Kind kind) implements CompletedValue {}

    /** Whatever the user likes. */
    record Free() implements CompletedValue {}

    /** What the name is one of; the hidden command {@code names} prints them. */
    enum Kind {
        CHILDREN("children"),
        INTERFACES("interfaces");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As {@code names --of} takes it. */
        @Override
        public String toString() {
            return word;
        }
    }

    /** By its candidates and its label, which means the same in all commands. */
    static CompletedValue of(ArgSpec argument, Kind names) {
        if (argument.completionCandidates() != null) {
            List<String> words = new ArrayList<>();
            argument.completionCandidates().forEach(words::add);
            return new Words(words);
        }
        return switch (argument.paramLabel()) {
            case "FILE", "PATH", "LAB" -> new File();
            case "DIR" -> new Directory();
            case "NAME" -> argument.isPositional() ? new Name(names) : new Free();
            default -> new Free();
        };
    }
}
