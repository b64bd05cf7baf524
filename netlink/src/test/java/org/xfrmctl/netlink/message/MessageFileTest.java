package org.xfrmctl.netlink.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.netlink.MalformedMessageException;

class MessageFileTest {
    /** Two messages; the first is padded, the second lacks its padding. */
    private static byte[] file() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(message(5));
        file.writeBytes(new byte[3]);
        file.writeBytes(message(6));
        return file.toByteArray();
    }

    private static byte[] message(int body) {
        ByteBuffer datagram = new MessageWriter()
                .begin(0x10, 0, body, 0)
                .body(new byte[body])
                .end()
                .datagram();
        byte[] bytes = new byte[16 + body];
        datagram.get(datagram.position(), bytes);
        ByteBuffer.wrap(bytes).order(datagram.order()).putInt(bytes.length);
        return bytes;
    }

    private static List<Integer> read(byte[] bytes) throws IOException {
        List<Integer> bodies = new ArrayList<>();
        MessageFile.read(new ByteArrayInputStream(bytes), message -> bodies.add(message.bodyLength()));
        return bodies;
    }

    @Test
    void messagesComeInOrder() throws IOException {
        assertThat(read(file())).containsExactly(5, 6);
        assertThat(read(new byte[0])).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10, 'the file''s message at offset 0: ends after 10 bytes of a header'",
        "20, 'the file''s message at offset 0: ends after 20 of 21 bytes'",
        "40, 'the file''s message at offset 24: ends after 16 of 22 bytes'"
    })
    void whereItIsCutOffIsTold(int length, String problem) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> read(Arrays.copyOf(file(), length)))
                .withMessage(problem);
    }

    @ParameterizedTest
    @CsvSource({"15", "0", "1048577", "-1"})
    void aLengthThatCannotBeIsRefused(int length) {
        byte[] bytes = file();
        ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.nativeOrder()).putInt(length);

        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> read(bytes))
                .withMessageContaining(
                        "nlmsg_len is " + Integer.toUnsignedString(length) + ", allowed are 16 to 1048576");
    }
}
