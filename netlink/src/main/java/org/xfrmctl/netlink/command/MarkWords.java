package org.xfrmctl.netlink.command;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Mark;

/** {@code V}, {@code V mask M}, or {@code V/M} as {@code ip} prints it, after {@code mark} or {@code output-mark}. */
final class MarkWords {
    private static final int ALL = -1;

    private final Words words;
    private final String name;
    private int value;
    private OptionalInt mask = OptionalInt.empty();

    private MarkWords(Words words, String name) {
        this.words = words;
        this.name = name;
    }

    private static MarkWords read(Words words, String name) {
        MarkWords mark = new MarkWords(words, name);
        mark.read();
        return mark;
    }

    private void read() {
        String allowed = name + " is VALUE, VALUE/MASK or VALUE mask MASK, each 0 to 4294967295";
        String text = words.argument(allowed);
        int slash = text.indexOf('/');
        try {
            value = u32(text, 0, slash < 0 ? text.length() : slash);
            if (slash >= 0) {
                mask = OptionalInt.of(u32(text, slash + 1, text.length()));
            }
        } catch (NumberFormatException e) {
            throw words.refuse(allowed);
        }
        if (slash < 0 && words.takeIf("mask")) {
            mask = OptionalInt.of(words.u32("mask"));
        }
    }

    private static int u32(String text, int from, int to) {
        long number = Numbers.parse(text, from, to);
        if (Long.compareUnsigned(number, 0xffff_ffffL) > 0) {
            throw new NumberFormatException("more than 32 bits");
        }
        return (int) number;
    }

    /** Of what is to be added: without a mask all bits count; under a mask of 0 no bit does, and there is no mark. */
    static Mark ofObject(Words words) {
        MarkWords read = read(words, "mark");
        int mask = read.mask.orElse(ALL);
        return mask == 0 ? Mark.NONE : new Mark(read.value, mask);
    }

    /**
     * Of what is to be found: as kernels keep it, masked, for they do not mask what they compare with. Without a bit that
     * counts it finds what has no mark.
     */
    static Mark ofKey(Words words) {
        Mark mark = ofObject(words).masked();
        return mark.value() == 0 ? Mark.NONE : mark;
    }

    /** What a state gives its packets; a value of 0 gives none, and a mask of 0 is as good as all ones. */
    static Optional<Mark> ofOutput(Words words) {
        MarkWords read = read(words, "output-mark");
        int mask = read.mask.orElse(ALL);
        return read.value == 0 ? Optional.empty() : Optional.of(new Mark(read.value, mask == 0 ? ALL : mask));
    }

    static MarkMatch match(Words words) {
        MarkWords read = read(words, "mark");
        return new MarkMatch(read.value, read.mask);
    }
}
