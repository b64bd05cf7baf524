package org.xfrmctl.manager.journal;

/**
 * Where it is written down what a run may leave in the kernel, before it begins. Held by one run at a time: whoever has it
 * open is the only run that changes the kernel's tables. That is said of runs with this journal; commands that change single
 * objects ({@code state}, {@code policy}, {@code batch}) and runs with a journal elsewhere do not ask.
 */
public interface Journal extends AutoCloseable {
    JournalRecord read();

    /**
     * Replaces the record, at once or not at all; it lasts when this returns.
     *
     * @throws JournalException if it cannot be written
     */
    void write(JournalRecord record);

    @Override
    void close();

    /** One that lasts as long as itself, for kernels that nobody else gets at. */
    static Journal inMemory() {
        return new MemoryJournal();
    }
}
