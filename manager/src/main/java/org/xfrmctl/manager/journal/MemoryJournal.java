package org.xfrmctl.manager.journal;

/** A journal without a file. */
final class MemoryJournal implements Journal {
    private JournalRecord record = JournalRecord.EMPTY;

    @Override
    public JournalRecord read() {
        return record;
    }

    @Override
    public void write(JournalRecord written) {
        record = written;
    }

    @Override
    public void close() {}
}
