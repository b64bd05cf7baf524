package org.xfrmctl.datapath.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.BAD_COMBINATION;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.BAD_ICV_LENGTH;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.BAD_KEY_LENGTH;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.UNKNOWN_ALGORITHM;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Spi;

class EspTransformTest {
    private static final Spi SPI = new Spi(0xc0000111);
    private static final Algorithm NULL = new Algorithm.Encryption("cipher_null", Key.EMPTY);

    static Stream<Arguments> suites() {
        return Stream.of(
                Arguments.of(List.of(gcm(20, 128)), 16, 4, 16),
                Arguments.of(List.of(gcm(28, 96)), 16, 4, 12),
                Arguments.of(List.of(gcm(36, 64)), 16, 4, 8),
                Arguments.of(List.of(new Algorithm.Aead("rfc7539esp(chacha20,poly1305)", key(36), 128)), 16, 4, 16),
                Arguments.of(List.of(cbc(16), hmac("hmac(sha256)", 128)), 24, 16, 16),
                Arguments.of(List.of(cbc(32), hmac("sha256", 0)), 24, 16, 12),
                Arguments.of(List.of(cbc(24), hmac("hmac(sha1)", 0)), 24, 16, 12),
                Arguments.of(List.of(hmac("hmac(sha384)", 0), cbc(32)), 24, 16, 24),
                Arguments.of(List.of(hmac("hmac(sha512)", 0), cbc(32)), 24, 16, 32),
                Arguments.of(
                        List.of(new Algorithm.Encryption("rfc3686(ctr(aes))", key(20)), hmac("md5", 0)), 16, 4, 12),
                Arguments.of(List.of(NULL, hmac("hmac(sha256)", 256)), 8, 4, 32),
                Arguments.of(List.of(NULL), 8, 4, 0),
                Arguments.of(List.of(NULL, new Algorithm.Authentication("digest_null", Key.EMPTY, 0)), 8, 4, 0));
    }

    @ParameterizedTest
    @MethodSource("suites")
    void opensWhatItSeals(List<Algorithm> algorithms, int header, int block, int icv) {
        for (boolean esn : new boolean[] {false, true}) {
            EspTransform transform = EspTransform.of(algorithms, SPI, esn, new Random(1));
            assertThat(transform.headerLength()).isEqualTo(header);
            assertThat(transform.blockSize()).isEqualTo(block);
            assertThat(transform.icvLength()).isEqualTo(icv);
            for (int length = 1; length < 70; length++) {
                byte[] payload = payload(length);
                PacketBuffer packet = PacketBuffer.of(payload);
                long sequence = 0x500000000L + length;
                transform.seal(packet, 17, sequence, 0);
                assertThat(packet.length()).isEqualTo(sealedLength(transform, length));
                assertThat((packet.length() - header - icv) % block).isZero();
                assertThat(packet.i32(0)).isEqualTo(SPI.bits());
                assertThat(packet.i32(4)).isEqualTo(length);
                assertThat(transform.open(packet, sequence)).isEqualTo(17);
                assertThat(packet.toBytes()).isEqualTo(payload);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("suites")
    void damageNeverThrowsAndIsNoticedWhereThereIsIntegrity(
            List<Algorithm> algorithms, int header, int block, int icv) {
        long seed = 20260101;
        Random random = new Random(seed);
        EspTransform transform = EspTransform.of(algorithms, SPI, true, random);
        PacketBuffer sealed = PacketBuffer.of(payload(60));
        transform.seal(sealed, 4, 7, 0);
        byte[] good = sealed.toBytes();
        for (int length = 0; length < good.length; length++) {
            PacketBuffer cut = PacketBuffer.of(good, 0, length);
            int outcome = transform.open(cut, 7);
            if (icv > 0) {
                boolean proto = length < header + Math.max(1, icv);
                assertThat(outcome)
                        .as("%d bytes", length)
                        .isEqualTo(proto ? EspTransform.PROTO_ERROR : EspTransform.INTEGRITY_FAILED);
            }
        }
        for (int i = 0; i < 300; i++) {
            byte[] damaged = good.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            int outcome = transform.open(PacketBuffer.of(damaged), 7);
            if (icv > 0) {
                assertThat(outcome).as("seed %d, round %d", seed, i).isEqualTo(EspTransform.INTEGRITY_FAILED);
            }
        }
        assertThat(transform.open(PacketBuffer.of(good), 7)).isEqualTo(4);
        assertThat(transform.open(PacketBuffer.of(good), 7))
                .as("the same again")
                .isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        // bytes behind the ESP header of an unprotected packet, outcome (fixtures/result-replay-lifetime-esp.txt)
        "'', -1",
        "11, -1",
        "0011, -1",
        "aa0011, 17",
        "aa0111, -1",
        "aa010111, 17",
        "aaff11, -1",
        "aa7f0111, 17",
        "aabb003b, -1",
        "01020211, -1",
        "aaaaaaaa01020204, 4"
    })
    void strips(String text, int outcome) {
        EspTransform transform = EspTransform.of(List.of(NULL), SPI, false, () -> 0);
        byte[] packet = java.util.HexFormat.of().parseHex("0000011100000001" + text);
        assertThat(transform.open(PacketBuffer.of(packet), 1)).isEqualTo(outcome);
    }

    @Test
    void cbcNeedsWholeBlocksButOnlyAfterTheIntegrityCheck() {
        Algorithm auth = hmac("hmac(sha256)", 128);
        EspTransform unencrypted = EspTransform.of(List.of(NULL, auth), SPI, false, () -> 0);
        EspTransform cbc = EspTransform.of(List.of(cbc(16), auth), SPI, false, () -> 0);
        // Sealed without encryption, so IV and text of the other transform are just these bytes, rightly authenticated.
        PacketBuffer packet = PacketBuffer.of(payload(16 + 18));
        unencrypted.seal(packet, 4, 1, 0);
        assertThat(cbc.open(packet, 1)).isEqualTo(EspTransform.PROTO_ERROR);
    }

    @Test
    void fillsUpForTrafficFlowConfidentiality() {
        EspTransform transform = EspTransform.of(List.of(gcm(20, 128)), SPI, false, () -> 0);
        PacketBuffer packet = PacketBuffer.of(payload(48));
        Arrays.fill(packet.array(), packet.end(), packet.array().length, (byte) 0xa5);
        transform.seal(packet, 4, 1, 300);
        // Seen on Linux 6.1: a 48-byte packet with tfcpad 300 gives 304 bytes of text.
        assertThat(packet.length()).isEqualTo(16 + 304 + 16);
        transform.open(packet, 1);
        assertThat(packet.length()).isEqualTo(300);
        assertThat(Arrays.copyOf(packet.toBytes(), 48)).isEqualTo(payload(48));
        assertThat(Arrays.copyOfRange(packet.toBytes(), 48, 300)).containsOnly(0);
    }

    @Test
    void padsWithCountingBytes() {
        EspTransform transform = EspTransform.of(List.of(NULL), SPI, false, () -> 0);
        PacketBuffer packet = PacketBuffer.of(payload(3));
        Arrays.fill(packet.array(), packet.end(), packet.array().length, (byte) 0xa5);
        transform.seal(packet, 17, 1, 0);
        assertThat(Arrays.copyOfRange(packet.toBytes(), 11, 16)).containsExactly(1, 2, 3, 3, 17);
    }

    @Test
    void cbcIvsDifferAndDependOnTheState() {
        EspTransform one = EspTransform.of(List.of(cbc(16)), SPI, false, new Random(1));
        EspTransform two = EspTransform.of(List.of(cbc(16)), SPI, false, new Random(2));
        assertThat(iv(one, 1)).isNotEqualTo(iv(one, 2)).isNotEqualTo(iv(two, 1));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(List.of(gcm(19, 128)), BAD_KEY_LENGTH),
                Arguments.of(List.of(gcm(16, 128)), BAD_KEY_LENGTH),
                Arguments.of(List.of(gcm(20, 120)), UNKNOWN_ALGORITHM),
                Arguments.of(List.of(new Algorithm.Aead("gcm", key(20), 128)), UNKNOWN_ALGORITHM),
                Arguments.of(List.of(cbc(15)), BAD_KEY_LENGTH),
                Arguments.of(List.of(cbc(0)), BAD_KEY_LENGTH),
                Arguments.of(List.of(new Algorithm.Encryption("cipher_null", key(1))), BAD_KEY_LENGTH),
                Arguments.of(List.of(new Algorithm.Encryption("cbc(nonsense)", key(16))), UNKNOWN_ALGORITHM),
                Arguments.of(List.of(cbc(16), hmac("hmac(nonsense)", 96)), UNKNOWN_ALGORITHM),
                Arguments.of(List.of(cbc(15), hmac("hmac(nonsense)", 96)), UNKNOWN_ALGORITHM),
                Arguments.of(List.of(cbc(16), hmac("hmac(sha256)", 257)), BAD_ICV_LENGTH),
                Arguments.of(List.of(hmac("hmac(sha256)", 128)), BAD_COMBINATION),
                Arguments.of(List.of(gcm(20, 128), cbc(16)), BAD_COMBINATION),
                Arguments.of(List.of(cbc(16), cbc(16)), BAD_COMBINATION),
                Arguments.of(List.of(), BAD_COMBINATION));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusesForTheRightReason(List<Algorithm> algorithms, UnsupportedAlgorithmException.Reason reason) {
        assertThat(EspTransform.refusal(algorithms)).isPresent();
        assertThat(EspTransform.refusal(algorithms).orElseThrow().reason()).isEqualTo(reason);
        assertThatThrownBy(() -> EspTransform.of(algorithms, SPI, false, () -> 0))
                .isInstanceOf(UnsupportedAlgorithmException.class)
                .hasMessageNotContaining("0707");
    }

    /** RFC 4303, section 2: header, IV, then payload, padding and two bytes of trailer in whole blocks, and the ICV. */
    private static int sealedLength(EspTransform transform, int payload) {
        int block = transform.blockSize();
        return transform.headerLength() + (payload + 2 + block - 1) / block * block + transform.icvLength();
    }

    private static byte[] iv(EspTransform transform, long sequence) {
        PacketBuffer packet = PacketBuffer.of(payload(20));
        transform.seal(packet, 4, sequence, 0);
        return Arrays.copyOfRange(packet.toBytes(), 8, 24);
    }

    private static byte[] payload(int length) {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        return payload;
    }

    private static Algorithm gcm(int keyLength, int icvBits) {
        return new Algorithm.Aead("rfc4106(gcm(aes))", key(keyLength), icvBits);
    }

    private static Algorithm cbc(int keyLength) {
        return new Algorithm.Encryption("cbc(aes)", key(keyLength));
    }

    private static Algorithm hmac(String name, int bits) {
        return new Algorithm.Authentication(name, key(32), bits);
    }

    private static Key key(int length) {
        byte[] key = new byte[length];
        Arrays.fill(key, (byte) 7);
        return Key.of(key);
    }
}
