package org.xfrmctl.netlink.text;

import java.util.List;

/** Flag bits as words. */
final class FlagWords {
    private FlagWords() {}

    /**
     * The names of the set bits, lowest first; a space follows a name only while more bits are left, and bits without a
     * name end the list in hex.
     */
    static String of(int bits, List<String> namesByBit) {
        StringBuilder words = new StringBuilder();
        int rest = bits;
        for (int bit = 0; bit < namesByBit.size(); bit++) {
            if ((rest & (1 << bit)) != 0) {
                rest &= ~(1 << bit);
                words.append(namesByBit.get(bit)).append(rest != 0 ? " " : "");
            }
        }
        return rest == 0 ? words.toString() : words + Integer.toHexString(rest);
    }

    /** The 8 bits as {@code ip -s} shows them: binary digits behind a {@code 0x} that promises hex. */
    static String digits(int bits) {
        return " (0x" + TextPage.paddedTo8(Integer.toBinaryString(bits & 0xff)) + ")";
    }
}
