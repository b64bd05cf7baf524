package org.xfrmctl.model.definition;

import java.util.Arrays;
import org.xfrmctl.model.Key;

/** Reads a key from hex digits without making a string of it. */
final class HexText {
    private HexText() {}

    /** The text is no hex. The message has the place in the secret and nothing of its content. */
    static final class MalformedHexException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedHexException(String message) {
            super(message);
        }
    }

    /** Leaves out white space and {@code #} comments, and a {@code 0x} before the first digit. */
    static Key parse(byte[] text) throws MalformedHexException {
        byte[] digits = new byte[text.length];
        try {
            int count = digits(text, digits);
            if (count == 0) {
                throw new MalformedHexException("is empty");
            }
            if (count % 2 != 0) {
                throw new MalformedHexException("has an odd number of hex digits, " + count + "; one is missing");
            }
            byte[] key = new byte[count / 2];
            for (int i = 0; i < key.length; i++) {
                key[i] = (byte) (digits[2 * i] << 4 | digits[2 * i + 1]);
            }
            try {
                return Key.of(key);
            } finally {
                Arrays.fill(key, (byte) 0);
            }
        } finally {
            Arrays.fill(digits, (byte) 0);
        }
    }

    private static int digits(byte[] text, byte[] digits) throws MalformedHexException {
        int count = 0;
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length; i++) {
            int c = text[i];
            if (c == '#') {
                i = endOfLine(text, i);
                c = '\n';
            }
            if (c == '\n') {
                line++;
                lineStart = i + 1;
            } else if (count == 0 && c == '0' && i + 1 < text.length && (text[i + 1] | 0x20) == 'x') {
                i++;
            } else if (Character.digit(c, 16) >= 0) {
                digits[count++] = (byte) Character.digit(c, 16);
            } else if (c != ' ' && c != '\t' && c != '\r') {
                throw new MalformedHexException(
                        "has something that is no hex digit in its line " + line + ", column " + (i - lineStart + 1));
            }
        }
        return count;
    }

    private static int endOfLine(byte[] text, int from) {
        int i = from;
        while (i < text.length && text[i] != '\n') {
            i++;
        }
        return i;
    }
}
