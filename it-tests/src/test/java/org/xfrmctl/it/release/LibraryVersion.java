package org.xfrmctl.it.release;

import java.util.Arrays;
import java.util.List;

/**
 * A version of a library by the numbers in it, compared number by number; missing ones count as 0. A qualifier is refused, for
 * who ships a release candidate of another project must think about it himself.
 */
record LibraryVersion(List<Integer> numbers) implements Comparable<LibraryVersion> {
    static LibraryVersion of(String text) {
        if (!text.matches("\\d{1,8}(\\.\\d{1,8})*")) {
            throw new IllegalArgumentException(
                    "found version \"" + text + "\"; allowed are numbers with points between them, like 2.21.8");
        }
        return new LibraryVersion(
                Arrays.stream(text.split("\\.", -1)).map(Integer::valueOf).toList());
    }

    @Override
    public int compareTo(LibraryVersion other) {
        int longer = Math.max(numbers.size(), other.numbers.size());
        for (int i = 0; i < longer; i++) {
            int compared = Integer.compare(number(i), other.number(i));
            if (compared != 0) {
                return compared;
            }
        }
        return 0;
    }

    private int number(int at) {
        return at < numbers.size() ? numbers.get(at) : 0;
    }

    @Override
    public String toString() {
        return String.join(".", numbers.stream().map(String::valueOf).toList());
    }
}
