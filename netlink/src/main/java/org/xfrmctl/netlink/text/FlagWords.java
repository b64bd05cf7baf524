package org.xfrmctl.netlink.text;

import java.util.List;

/** Flag bits as words. */
final class FlagWords {
    private FlagWords() {}

    /**
     * The names of the set bits, lowest first; a space follows a name only while more bits are left, and bits without a
     * name end the list in hex.
     */
    static void print(TextPage page, int bits, List<String> namesByBit) {
        int rest = bits;
        for (int bit = 0; bit < namesByBit.size() && rest != 0; bit++) {
            if ((rest & (1 << bit)) != 0) {
                rest &= ~(1 << bit);
                page.put(namesByBit.get(bit)).put(rest != 0 ? " " : "");
            }
        }
        if (rest != 0) {
            page.hex(rest);
        }
    }

    /** The 8 bits as {@code ip -s} shows them: binary digits behind a {@code 0x} that promises hex. */
    static void digits(TextPage page, byte bits) {
        page.put(" (0x");
        for (int bit = 7; bit >= 0; bit--) {
            page.put((bits >>> bit & 1) != 0 ? '1' : '0');
        }
        page.put(')');
    }
}
