package org.xfrmctl.datapath.ah;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Spi;

/** What may happen to a packet on its way, and what may not. */
class AhTransformTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String V4 = "000050" + "12344000" + "40330000" + "0a000001" + "0a000002";
    private static final String FIRST = "20010db8000000000000000000000001";
    private static final String HOP = "20010db8000000000000000000000002";
    private static final String NEXT = "20010db8000000000000000000000003";
    private static final String LAST = "20010db8000000000000000000000004";

    private final AhTransform transform = transform("hmac(sha256)", 128, false);

    /** Rows: the header as it is sent, as it arrives, and whether it is accepted. */
    @ParameterizedTest
    @CsvSource({
        "record route is filled in, 07070400000000 01, 0707080a000009 01, true",
        "timestamp is filled in, 440c050100000000 00000000, 440c090111111111 00000000, true",
        "router alert is altered, 94040000, 94040001, false",
        "security is altered, 8203aa 00, 8203bb 00, false",
        "end of options hides what follows, 00aabbcc, 00aabbcd, false",
        "a no-op becomes an end, 01010101, 00010101, false",
    })
    void ipv4Options(String what, String sent, String arrived, boolean accepted) {
        byte[] out = v4(sent);
        byte[] in = v4(arrived);
        PacketBuffer payload = sealed(transform, out);
        int result = transform.open(in, in.length, payload, 1);
        assertThat(result).as(what).isEqualTo(accepted ? 17 : AhTransform.INTEGRITY_FAILED);
    }

    /** The sender knows where a source route ends and authenticates that as the destination. */
    @ParameterizedTest
    @CsvSource({"83", "89"})
    void sourceRoutesEndAtTheirLastAddress(String type) {
        byte[] out = v4(type + "0b04" + "0a000063" + "0a000064" + "01");
        byte[] in = v4(type + "0b0c" + "0a0000fe" + "0a0000fd" + "01");
        System.arraycopy(HEX.parseHex("0a000064"), 0, in, 16, 4);
        assertThat(transform.open(in, in.length, sealed(transform, out), 1)).isEqualTo(17);
    }

    @ParameterizedTest
    @CsvSource({"07010000", "07090000", "83050400 00000000", "01010107"})
    void malformedIpv4OptionsAreRefused(String options) {
        byte[] header = v4(options);
        PacketBuffer payload = PacketBuffer.of(new byte[20]);
        assertThat(transform.seal(header, header.length, payload, 17, 1)).isFalse();
        byte[] sound = v4("01010101");
        PacketBuffer packet = sealed(transform, sound);
        assertThat(transform.open(header, header.length, packet, 1)).isEqualTo(AhTransform.PROTO_ERROR);
    }

    @Test
    void routingHeadersArriveWithAddressesExchanged() {
        // type 0, two segments left of three
        byte[] out = v6("2b", HOP, "33060002 00000000" + FIRST + NEXT + LAST);
        byte[] in = v6("2b", LAST, "33060000 00000000" + FIRST + HOP + NEXT);
        assertThat(transform.open(in, in.length, sealed(transform, out), 1)).isEqualTo(17);
        byte[] other = v6("2b", LAST, "33060000 00000000" + FIRST + NEXT + HOP);
        assertThat(transform.open(other, other.length, sealed(transform, out), 1))
                .isEqualTo(AhTransform.INTEGRITY_FAILED);
    }

    /** RFC 6275, section 11.3.2: the home address is the source, when all is said and done. */
    @Test
    void homeAddressesAreSources() {
        // padding of two bytes, so that the address is aligned
        String options = "3302 0102 0000 c910";
        byte[] out = v6("3c", LAST, options + NEXT);
        byte[] in = v6("3c", LAST, options + FIRST);
        System.arraycopy(HEX.parseHex(NEXT), 0, in, 8, 16);
        int result = transform.open(in, in.length, sealed(transform, out), 1);
        assertThat(result).isEqualTo(17);
    }

    @ParameterizedTest
    @CsvSource({
        "an option that may change, 00, 33003e0411111111, 33003e0422222222, true",
        "an option that may not, 00, 33001e0411111111, 33001e0422222222, false",
        "the type of one that may, 3c, 33003e0411111111, 33003f0411111111, false",
    })
    void ipv6Options(String what, String type, String sent, String arrived, boolean accepted) {
        byte[] out = v6(type, LAST, sent);
        byte[] in = v6(type, LAST, arrived);
        // hop limit, traffic class and flow label
        in[7] = 3;
        in[1] = 0x11;
        in[0] = 0x6b;
        int result = transform.open(in, in.length, sealed(transform, out), 1);
        assertThat(result).as(what).isEqualTo(accepted ? 17 : AhTransform.INTEGRITY_FAILED);
    }

    @ParameterizedTest
    @CsvSource({"00, 3300010511111111", "3c, 3300000000000005", "2b, 3300000111111111"})
    void malformedIpv6ExtensionsAreRefused(String type, String extension) {
        byte[] header = v6(type, LAST, extension);
        boolean sealed = transform.seal(header, header.length, PacketBuffer.of(new byte[20]), 17, 1);
        assertThat(sealed).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "hmac(md5), 96, 24, 24",
        "hmac(sha1), 96, 24, 24",
        "hmac(sha256), 128, 32, 28",
        "hmac(sha512), 256, 48, 44",
        "hmac(sha384), 192, 40, 36",
        "xcbc(aes), 96, 24, 24",
        "hmac(sha256), 4, 16, 12",
        "digest_null, 0, 16, 12"
    })
    void headersAreFilledUp(String name, int bits, int length, int aligned) {
        byte[] header = v4("");
        for (boolean align4 : new boolean[] {false, true}) {
            AhTransform one = transform(name, bits, align4);
            PacketBuffer payload = sealed(one, header);
            assertThat(payload.length() - 20)
                    .isEqualTo(align4 ? aligned : length)
                    .isEqualTo(one.headerLength());
            assertThat(payload.u8(1)).isEqualTo(one.headerLength() / 4 - 2);
            assertThat(one.open(header, header.length, payload, 1)).isEqualTo(17);
            assertThat(payload.toBytes()).isEqualTo(new byte[20]);
        }
    }

    /** Any other length than that of the whole or the truncated value is malformed, not forged. */
    @Test
    void lengthsHaveToFit() {
        byte[] header = v4("");
        for (int words = 0; words < 256; words++) {
            PacketBuffer payload = sealed(transform, header);
            payload.addBack(1024);
            payload.u8(1, words);
            int own = (words + 2) * 4;
            assertThat(transform.open(header, header.length, payload, 1))
                    .isEqualTo(own == 32 || own == 48 ? AhTransform.INTEGRITY_FAILED : AhTransform.PROTO_ERROR);
        }
        for (int length = 0; length < 32; length++) {
            PacketBuffer payload = sealed(transform, header);
            payload.dropBack(payload.length() - length);
            assertThat(transform.open(header, header.length, payload, 1)).isEqualTo(AhTransform.PROTO_ERROR);
        }
    }

    @Test
    void anythingAtAllIsRefusedWithoutThrowing() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] header = new byte[random.nextBoolean() ? 20 + 4 * random.nextInt(11) : 40 + 8 * random.nextInt(20)];
            random.nextBytes(header);
            header[0] = (byte) (random.nextBoolean() && header.length <= 60 ? 0x45 : 0x60);
            if (header[0] == 0x60 && header.length < 40) {
                continue;
            }
            header[6] = (byte) List.of(0, 43, 60).get(random.nextInt(3)).intValue();
            byte[] payload = new byte[random.nextInt(80)];
            random.nextBytes(payload);
            if (payload.length > 1 && random.nextBoolean()) {
                payload[1] = 6;
            }
            assertThat(transform.open(header, header.length, PacketBuffer.of(payload), 1))
                    .as("seed %d, packet %d", seed, i)
                    .isNegative();
        }
    }

    private static PacketBuffer sealed(AhTransform transform, byte[] header) {
        PacketBuffer payload = PacketBuffer.of(new byte[20]);
        byte[] before = header.clone();
        assertThat(transform.seal(header, header.length, payload, 17, 1)).isTrue();
        assertThat(header).isEqualTo(before);
        return payload;
    }

    private static byte[] v4(String options) {
        String hex = options.replace(" ", "");
        return HEX.parseHex("4" + Integer.toHexString(5 + hex.length() / 8) + V4 + hex);
    }

    private static byte[] v6(String type, String destination, String extensions) {
        return HEX.parseHex("6000000000ff" + type + "40" + FIRST + destination + extensions.replace(" ", ""));
    }

    private static AhTransform transform(String name, int bits, boolean align4) {
        Algorithm algorithm = new Algorithm.Authentication(name, Key.of(new byte[16]), bits);
        return AhTransform.of(List.of(algorithm), new Spi(0x111), false, align4);
    }
}
