package org.xfrmctl.cli.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Flag bits as a list of words. */
final class FlagJson {
    private FlagJson() {}

    /** The names of the set bits, lowest first; bits without a name come last, together and in hex. */
    static List<String> of(int bits, List<?> namesByBit) {
        List<String> words = new ArrayList<>();
        int rest = bits;
        for (int bit = 0; bit < namesByBit.size(); bit++) {
            if ((bits & (1 << bit)) != 0) {
                words.add(namesByBit.get(bit).toString());
                rest &= ~(1 << bit);
            }
        }
        if (rest != 0) {
            words.add(Json.hex(rest));
        }
        return words;
    }

    /** Nothing if no bit is set. */
    static Optional<List<String>> unlessNone(int bits, List<?> namesByBit) {
        return bits == 0 ? Optional.empty() : Optional.of(of(bits, namesByBit));
    }
}
