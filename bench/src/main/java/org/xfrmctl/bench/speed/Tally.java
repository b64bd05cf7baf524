package org.xfrmctl.bench.speed;

/** Counts values as they come by, and holds on to the newest: so each of them has to be made. */
final class Tally {
    private int counted;
    private Object newest = "";

    void count(Object value) {
        newest = value;
        counted++;
    }

    int counted() {
        return counted;
    }

    /**
     * @throws IllegalStateException if there are more or fewer than expected
     */
    static void require(int expected, int found, String what) {
        if (found != expected) {
            throw new IllegalStateException(found + " " + what + " were found where " + expected + " should be");
        }
    }

    @Override
    public String toString() {
        return counted + ", the newest is " + newest;
    }
}
