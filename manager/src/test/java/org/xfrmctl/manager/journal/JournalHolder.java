package org.xfrmctl.manager.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A process that tries once to get a journal, says whether it has it, and keeps it until its standard input ends. */
public final class JournalHolder {
    static final String TAKEN = "taken";

    private JournalHolder() {}

    public static void main(String[] arguments) throws IOException {
        try (FileJournal journal = FileJournal.open(Path.of(arguments[0]), arguments[1], Duration.ZERO)) {
            journal.read();
            System.out.println(TAKEN);
            while (System.in.read() >= 0) {
                // Whoever started this ends it by closing the pipe.
            }
        } catch (JournalException e) {
            System.out.println(e.getMessage());
        }
    }
}
