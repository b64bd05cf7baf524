package org.xfrmctl.netlink.command;

import java.util.Arrays;
import java.util.List;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.StateFlag;

/** A list of flags by name, or all of them as one number in hex. */
final class FlagWords {
    static final List<String> STATE =
            Arrays.stream(StateFlag.values()).map(StateFlag::toString).toList();
    static final List<String> EXTRA =
            Arrays.stream(ExtraFlag.values()).map(ExtraFlag::toString).toList();
    static final List<String> POLICY = List.of("localok", "icmp", "cpu-acquire");

    private final String name;
    /** Each name's bit is its place. */
    private final List<String> names;

    private final long most;

    static final FlagWords OF_STATE = new FlagWords("flag", STATE, 0xff);
    static final FlagWords OF_STATE_EXTRA = new FlagWords("extra-flag", EXTRA, 0xffff_ffffL);
    static final FlagWords OF_POLICY = new FlagWords("flag", POLICY, 0xff);

    private FlagWords(String name, List<String> names, long most) {
        this.name = name;
        this.names = names;
        this.most = most;
    }

    /** Reads on after the word {@code flag}: names add to what was {@code before}, a number replaces it. */
    int read(Words words, int before) {
        String first = words.argument(name + " is a list of " + String.join(", ", names) + ", or a number in hex");
        if (first.length() > 2 && first.startsWith("0x")) {
            return number(words, first);
        }
        if (!names.contains(first)) {
            if (!Vocabulary.has(first)) {
                throw words.unknown(name, names);
            }
            // An empty list: iproute2 takes it, too.
            words.giveBack();
            return before;
        }
        int bits = before | 1 << names.indexOf(first);
        while (words.hasNext() && names.contains(words.peek())) {
            bits |= 1 << names.indexOf(words.take());
        }
        return bits;
    }

    private int number(Words words, String text) {
        try {
            long bits = Numbers.parseHex(text);
            if (Long.compareUnsigned(bits, most) <= 0) {
                return (int) bits;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw words.refuse(name + " as a number is 0x0 to 0x" + Long.toHexString(most));
    }
}
