package org.xfrmctl.datapath.host;

/** What arrives of a transfer, compared byte by byte with what was sent. */
public final class Arrival {
    private final int expected;
    private int received;
    private boolean wrong;

    /** Of a file of so many bytes. */
    public Arrival(int expected) {
        this.expected = expected;
    }

    /** The next byte. Behind the file's end each counts as one too many; in it, a wrong one ends the counting. */
    public void take(byte each) {
        if (received >= expected) {
            received++;
            wrong = true;
        } else if (!wrong && each == TransferOptions.content(received)) {
            received++;
        } else {
            wrong = true;
        }
    }

    /** How many bytes arrived as they were sent, and how many behind the last one. */
    public int received() {
        return received;
    }

    /** Whether something arrived that was not sent. */
    public boolean isWrong() {
        return wrong;
    }
}
