package org.xfrmctl.cli.output;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as characters: UTF-8 where they are that, and a lone low surrogate, which no text has, for each byte that is not.
 * {@link StandardOutput} makes the bytes of both again.
 */
public final class ByteText {
    private static final char FIRST = '\udc80';
    private static final char LAST = '\udcff';

    private ByteText() {}

    static boolean isByte(char character) {
        return character >= FIRST && character <= LAST;
    }

    /** Reads text that has a character below 256 for each byte, as {@code netlink.text} makes it. */
    public static String of(CharSequence bytes) {
        String text = bytes.toString();
        return text.chars().allMatch(character -> character < 0x80)
                ? text
                : decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String decode(ByteBuffer bytes) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CoderResult result = utf8.decode(bytes, text, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                text.put((char) (0xdc00 | Byte.toUnsignedInt(bytes.get())));
            }
            result = utf8.decode(bytes, text, true);
        }
        return text.flip().toString();
    }
}
