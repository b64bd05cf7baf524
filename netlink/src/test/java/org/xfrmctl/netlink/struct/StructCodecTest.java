package org.xfrmctl.netlink.struct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.netlink.MalformedMessageException;

class StructCodecTest {
    /** A member of each kind, with holes between them. */
    public record Inner(
            @Wire(CType.U8) byte small, @Wire(CType.BE16) short port) {
        public static final StructCodec<Inner> CODEC = StructCodec.of(Inner.class, 4);
    }

    public record Outer(
            @Wire(CType.U8) byte first,
            @Wire(CType.U64) long wide,
            @Wire(CType.U16) short half,
            Inner inner,
            @Wire(CType.BE32) int spi,
            @Wire(CType.U32) int count) {
        public static final StructCodec<Outer> CODEC = StructCodec.of(Outer.class, 32);
    }

    /** Lays out to 8 bytes. */
    public record Small(
            @Wire(CType.U32) int a, @Wire(CType.U8) byte b) {}

    public record Mistyped(@Wire(CType.U32) short a) {}

    private static final Outer VALUE = new Outer(
            (byte) 1,
            0x0203040506070809L,
            (short) 0x0a0b,
            new Inner((byte) 12, (short) 0x0d0e),
            0x0f101112,
            0x13141516);

    @ParameterizedTest
    @CsvSource({
        "LITTLE_ENDIAN, 0100000000000000 0908070605040302 0b0a 0c00 0d0e 0000 0f101112 16151413",
        "BIG_ENDIAN,    0100000000000000 0203040506070809 0a0b 0c00 0d0e 0000 0f101112 13141516"
    })
    void hostOrderIsTheBuffersAndNetworkOrderIsNot(String order, String hex) {
        // half ends at 18, inner begins at 18: it is aligned to 2 only, so the hole comes after it.
        ByteBuffer buffer = junk(40, order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        Outer.CODEC.write(buffer, 3, VALUE);
        assertThat(hex(buffer, 3, 32)).isEqualTo(hex.replace(" ", ""));
        assertThat(buffer.get(2)).isEqualTo((byte) 0xa5);
        assertThat(buffer.get(35)).isEqualTo((byte) 0xa5);
        assertThat(Outer.CODEC.read(buffer, 3)).isEqualTo(VALUE);
        assertThat(buffer.position()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 17, 31})
    void aStructThatIsCutIsMalformed(int length) {
        assertThatThrownBy(() -> Outer.CODEC.read(ByteBuffer.allocate(length), 0))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("outer");
    }

    @ParameterizedTest
    @CsvSource({"0,first", "8,wide", "15,wide", "18,inner.small", "20,inner.port", "24,spi", "31,count"})
    void membersAreNamedByOffset(int offset, String name) {
        assertThat(Outer.CODEC.memberAt(offset)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 7, 22, 32})
    void holesHaveNoName(int offset) {
        assertThat(Outer.CODEC.memberAt(offset)).isEmpty();
    }

    @Test
    void aLayoutOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> StructCodec.of(Small.class, 5)).hasMessageContaining("8 bytes, not 5");
    }

    @Test
    void aComponentThatCannotHoldItsTypeIsRefused() {
        assertThatThrownBy(() -> StructCodec.of(Mistyped.class, 4)).hasMessageContaining("cannot hold");
    }

    @Test
    void aNameWithoutRoomForItsEndIsRefused() {
        assertThatThrownBy(() -> Access.writeNAME64(0, ByteBuffer.allocate(64), 0, "x".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String hex(ByteBuffer buffer, int from, int length) {
        byte[] bytes = new byte[length];
        buffer.get(from, bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static ByteBuffer junk(int size, ByteOrder order) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 0xa5);
        return ByteBuffer.wrap(bytes).order(order);
    }
}
