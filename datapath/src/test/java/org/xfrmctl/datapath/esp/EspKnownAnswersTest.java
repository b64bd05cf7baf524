package org.xfrmctl.datapath.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Spi;

/** Published test vectors, taken whole: as ESP packets. */
class EspKnownAnswersTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvFileSource(resources = "/org/xfrmctl/datapath/gcm-known-answers.tsv", delimiter = '\t')
    void sealsAndOpensAesGcm(String key, String nonce, String spiAndSequence, String text, String result) {
        Algorithm.Aead gcm =
                new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(HEX.parseHex(key + nonce.substring(0, 8))), 128);
        check(gcm, nonce, spiAndSequence, text, result);
        // A shorter integrity value is the longer one cut off (NIST SP 800-38D, section 7.1).
        check(new Algorithm.Aead(gcm.name(), gcm.key(), 96), nonce, spiAndSequence, text, cut(result, 4));
        check(new Algorithm.Aead(gcm.name(), gcm.key(), 64), nonce, spiAndSequence, text, cut(result, 8));
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 7634, appendix A
        "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f, a0a1a2a31011121314151617, 0102030400000005,"
                + "45000054a6f200004001e778c6336405c000020508005b7a3a080000553bec100007362708090a0b0c0d0e0f101112131415"
                + "161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363701020204,"
                + "24039428b97f417e3c13753a4f05087b67c352e6a7fab1b982d466ef407ae5c614ee8099d52844eb61aa95dfab4c02f72aa7"
                + "1e7c4c4f64c9befe2facc638e8f3cbec163fac469b502773f6fb94e664da9165b82829f641e076aaa8266b7fb0f7b11b3699"
                + "07e1ad43"
    })
    void sealsAndOpensChaCha20Poly1305(String key, String nonce, String spiAndSequence, String text, String result) {
        Key withSalt = Key.of(HEX.parseHex(key + nonce.substring(0, 8)));
        check(new Algorithm.Aead("rfc7539esp(chacha20,poly1305)", withSalt, 128), nonce, spiAndSequence, text, result);
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 3602, section 4, cases 5 to 8: ESP without integrity; key, next header, packet, payload
        "90d382b410eeba7ad938c46cec1a82bf, 1,"
                + "0000432100000001e96e8c08ab465763fd098d45dd3ff893f663c25d325c18c6a9453e194e120849a4870b66cc6b9965"
                + "330013b4898dc856a4699e523a55db080b59ec3a8e4b7e52775b07d1db34ed9c538ab50c551b874aa269add047ad2d59"
                + "13ac19b7cfbad4a6,"
                + "08000ebda70a00008e9c083db95b070008090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021222324252627"
                + "28292a2b2c2d2e2f3031323334353637",
        "90d382b410eeba7ad938c46cec1a82bf, 1,"
                + "000043210000000869d08df7d203329db093fc4924e5bd80f51995881ec4e0c4488987ce742e8109689bb379d2d750c0"
                + "d915dca346a89f75,"
                + "0800b5e8a80a0500a69c083d0b660e00777777777777777777777777",
        "0123456789abcdef0123456789abcdef, 4,"
                + "0000876500000002f4e765244f6407adf13dc1380f673f37773b5241a4c449225e4f3ce5ed611b0c237ca96cf74a9301"
                + "3c1b0ea1a0cf70f8e4ecaec78ac53aad7a0f022b859243c647752e94a859352b8a4d4d2decd136e5c177f132ad3fbfb2"
                + "201ac9904c74ee0a109e0ca1e4dfe9d5a100b842f1c22f0d,"
                + "45000054090400004001f988c0a87b03c0a87bc808009f76a90a0100b49c083d02a2040008090a0b0c0d0e0f10111213"
                + "1415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637",
        "0123456789abcdef0123456789abcdef, 4,"
                + "000087650000000585d47224b5f3dd5d2101d4ea8dffab2215b92683819596a8047232cc00f7048fe45318e11f8a0f62"
                + "ede3c3fc61203bb50f980a08c9843fd3a1b06d5c07ff9639b7eb7dfb3512e5de435e7207ed971ef3d2726d9b5ef6affc"
                + "6d17a0decbb13892,"
                + "45000044090c00004001f990c0a87b03c0a87bc80800d63caa0a0200c69c083da3de0300ffffffffffffffffffffffff"
                + "ffffffffffffffffffffffffffffffffffffffff"
    })
    void opensAesCbc(String key, int nextHeader, String packet, String payload) {
        Algorithm cbc = new Algorithm.Encryption("cbc(aes)", Key.of(HEX.parseHex(key)));
        PacketBuffer buffer = PacketBuffer.of(HEX.parseHex(packet));
        EspTransform transform = EspTransform.of(List.of(cbc), new Spi(buffer.i32(0)), false, () -> 0);
        assertThat(transform.open(buffer, buffer.i32(4))).isEqualTo(nextHeader);
        assertThat(buffer.toBytes()).isEqualTo(HEX.parseHex(payload));
    }

    private static void check(Algorithm algorithm, String nonce, String spiAndSequence, String text, String result) {
        ByteBuffer associated = ByteBuffer.wrap(HEX.parseHex(spiAndSequence));
        boolean esn = associated.limit() == 12;
        Spi spi = new Spi(associated.getInt());
        long sequence = esn ? associated.getLong() : Integer.toUnsignedLong(associated.getInt());
        byte[] iv = HEX.parseHex(nonce.substring(8));
        long salt = ByteBuffer.wrap(iv).getLong() ^ sequence;
        EspTransform transform = EspTransform.of(List.of(algorithm), spi, esn, () -> salt);

        byte[] plain = HEX.parseHex(text);
        int nextHeader = plain[plain.length - 1];
        byte[] payload = Arrays.copyOf(plain, plain.length - 2 - plain[plain.length - 2]);
        PacketBuffer packet = PacketBuffer.of(payload);
        transform.seal(packet, nextHeader, sequence, 0);

        byte[] encrypted = HEX.parseHex(result);
        ByteBuffer whole = ByteBuffer.allocate(16 + encrypted.length);
        whole.putInt(spi.bits()).putInt((int) sequence).put(iv).put(encrypted);
        assertThat(packet.toBytes()).isEqualTo(whole.array());
        assertThat(transform.open(packet, sequence)).isEqualTo(nextHeader);
        assertThat(packet.toBytes()).isEqualTo(payload);
    }

    private static String cut(String hex, int bytes) {
        return hex.substring(0, hex.length() - 2 * bytes);
    }
}
