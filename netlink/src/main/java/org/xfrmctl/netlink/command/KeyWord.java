package org.xfrmctl.netlink.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.ConfigException;

/**
 * A key: {@code 0x…} hex digits, whose first may be left out; {@code @FILE} with hex digits in the file; or raw
 * characters. What is said of a bad one is its length and a position, never a character.
 */
final class KeyWord {
    /** iproute2's buffer. */
    private static final int LONGEST = 512;

    private KeyWord() {}

    static Key read(Words words, HostNames host) {
        String text = words.argument("a key is missing: 0x and hex digits, @FILE, or raw characters");
        if (text.startsWith("@")) {
            return file(words, host, text.substring(1));
        }
        boolean hex = text.length() > 2 && text.startsWith("0x");
        byte[] material = hex ? hex(words, text) : text.getBytes(StandardCharsets.UTF_8);
        try {
            if (material.length > LONGEST) {
                throw words.at(words.last(), "the key has " + material.length + " bytes; the most are " + LONGEST);
            }
            return material.length == 0 ? Key.EMPTY : Key.of(material);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    private static Key file(Words words, HostNames host, String name) {
        if (name.isEmpty()) {
            throw words.at(words.last(), "@ needs the name of a key file behind it");
        }
        try {
            return host.keyFile().apply(name);
        } catch (ConfigException e) {
            throw words.at(words.last(), e.problems().get(0).text());
        }
    }

    private static byte[] hex(Words words, String text) {
        byte[] material = new byte[(text.length() - 1) / 2];
        // With an odd number of digits the first byte has one.
        int nibble = text.length() % 2;
        for (int i = 2; i < text.length(); i++, nibble++) {
            int digit = Numbers.digit(text.charAt(i), 16);
            if (digit < 0) {
                Arrays.fill(material, (byte) 0);
                throw words.at(
                        words.last(),
                        "the key has something that is no hex digit at its character " + (i + 1) + " of "
                                + text.length());
            }
            material[nibble / 2] |= (byte) (digit << (nibble % 2 == 0 ? 4 : 0));
        }
        return material;
    }
}
