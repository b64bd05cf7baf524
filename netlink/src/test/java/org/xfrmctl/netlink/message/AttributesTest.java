package org.xfrmctl.netlink.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.netlink.MalformedMessageException;

class AttributesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "none,                      '',                                 ''",
        "one aligned,               08000100 01020304,                  1:4",
        "padding between,           05000100 aa000000 05000200 bb000000, 1:1 2:1",
        "last one not padded,       08000100 01020304 0500020 0bb,      1:4 2:1",
        "zero length,               04000700 04000800,                  7:0 8:0",
        "twice the same,            05000100 aa000000 05000100 bb000000, 1:1 1:1",
        "nested bit masked,         040001c0,                           1:0"
    })
    void wellFormed(String name, String hex, String expected) {
        Attributes attributes = Attributes.parse(bytes(hex), 0);
        List<String> seen = attributes.asList().stream()
                .map(attribute -> attribute.type() + ":" + attribute.length())
                .toList();
        assertThat(String.join(" ", seen)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "length below header,   03000100,                0, 4",
        "length zero,           00000100 00000000,       0, 8",
        "payload cut,           08000100 010203,         0, 7",
        "junk behind,           04000100 ffffffff,       1, 4"
    })
    void faultsAreMalformedOrLeftOver(String name, String hex, int before, int leftover) {
        assertThatThrownBy(() -> Attributes.parse(bytes(hex), 0)).isInstanceOf(MalformedMessageException.class);
        Attributes some = Attributes.parseUpToFault(bytes(hex), 0);
        assertThat(some.asList()).hasSize(before);
        assertThat(some.leftover()).isEqualTo(leftover);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"header cut, 040001, 0, 040001", "junk behind, 04000100 ff, 1, ff", "nothing, 04000100, 1, ''"})
    void fewerBytesThanAHeaderMayFollow(String name, String hex, int before, String rest) {
        Attributes all = Attributes.parse(bytes(hex), 0);
        assertThat(all.asList()).hasSize(before);
        byte[] left = new byte[all.leftover()];
        all.rest().get(0, left);
        assertThat(HexFormat.of().formatHex(left)).isEqualTo(rest);
    }

    @Test
    void ofTwoTheLastCounts() {
        Attributes attributes = Attributes.parse(bytes("05000100aa00000005000100bb"), 0);
        assertThat(attributes.find(1).orElseThrow().u8()).isEqualTo((byte) 0xbb);
    }

    @Test
    void aPayloadThatIsTooShortIsMalformed() {
        Attribute attribute = Attributes.parse(bytes("06000100aabb"), 0).find(1).orElseThrow();
        assertThat(attribute.u16()).isEqualTo((short) 0xbbaa);
        assertThatThrownBy(attribute::u32).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(attribute::u64).isInstanceOf(MalformedMessageException.class);
        assertThatThrownBy(() -> attribute.bytes(1, 2)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void textEndsAtTheFirstNul() {
        Attributes attributes = Attributes.parse(bytes("08000100 61620063"), 0);
        assertThat(attributes.find(1).orElseThrow().text()).isEqualTo("ab");
    }

    @Test
    void theLastMessageOfADatagramMayLackItsPadding() {
        ByteBuffer datagram =
                bytes("11000000 1c000000 01000000 00000000 32000000 11000000 1c000000 02000000 00000000 33");
        assertThat(NetlinkMessage.split(datagram))
                .extracting(NetlinkMessage::sequence, NetlinkMessage::bodyLength)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(1, 1), org.assertj.core.groups.Tuple.tuple(2, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0f000000 1c000000 01000000 00000000", "11000000 1c000000 01000000 00000000", "10000000"})
    void aMessageThatClaimsTooMuchOrTooLittleIsMalformed(String hex) {
        assertThatThrownBy(() -> NetlinkMessage.split(bytes(hex))).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void whatWasWrittenIsWipedAndTheBufferGrows() {
        MessageWriter out = new MessageWriter(ByteOrder.LITTLE_ENDIAN);
        out.begin(16, 0, 1, 0).attribute(5, new byte[3000]).end();
        out.begin(17, 0, 2, 0).attributeU8(6, 7).end();
        ByteBuffer datagram = out.datagram();
        assertThat(NetlinkMessage.split(datagram)).hasSize(2);
        assertThat(NetlinkMessage.split(datagram)
                        .get(1)
                        .attributes(0)
                        .find(6)
                        .orElseThrow()
                        .u8())
                .isEqualTo((byte) 7);
        out.clear();
        for (int i = 0; i < datagram.limit(); i++) {
            assertThat(datagram.get(i)).isZero();
        }
        assertThat(out.length()).isZero();
    }

    @Test
    void anAttributeLongerThanItsLengthFieldIsRefused() {
        MessageWriter out = new MessageWriter();
        out.begin(16, 0, 1, 0);
        assertThatThrownBy(() -> out.attribute(5, new byte[0xffff])).isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuffer bytes(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))).order(ByteOrder.LITTLE_ENDIAN);
    }
}
