package org.xfrmctl.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;

/** The vectors of the RFCs and of Wycheproof, each row of each table; {@code -} stands for no bytes. */
class PublishedVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final String FOLDER = "/org/xfrmctl/datapath/";

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = {FOLDER + "rfc-mac.tsv", FOLDER + "wycheproof-mac.tsv"},
            delimiter = '\t',
            maxCharsPerColumn = 100_000)
    void authenticates(String name, String algorithm, String key, String message, String value, String result) {
        byte[] claimed = bytes(value);
        byte[] text = bytes(message);
        IntegrityValue integrity =
                IntegrityValue.of(new Algorithm.Authentication(algorithm, key(key), claimed.length * 8), false);
        integrity.update(text, 0, text.length);
        assertThat(integrity.matches(claimed, 0, 0)).isEqualTo(result.equals("valid"));
    }

    /** Opened, and refused with any single byte changed. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(
            resources = {FOLDER + "rfc-cipher.tsv", FOLDER + "wycheproof-cipher.tsv"},
            delimiter = '\t',
            maxCharsPerColumn = 100_000)
    void opens(
            String name,
            String algorithm,
            String key,
            String iv,
            String associated,
            String text,
            String sealed,
            String result) {
        assertThat(result).as(name).isEqualTo("valid");
        byte[] header = bytes(associated);
        boolean esn = header.length == 12;
        long sequence = esn ? HexFormat.fromHexDigitsToLong(associated, 8, 24) : 1;
        byte[] esp = esn ? bytes(associated.substring(0, 8) + associated.substring(16)) : header;
        byte[] packet = bytes(HEX.formatHex(esp) + iv + (sealed.equals("-") ? "" : sealed));
        PacketCipher cipher = cipher(algorithm, key, esn);
        int begin = PacketCipher.ESP_HEADER + cipher.ivLength();
        int end = packet.length - cipher.icvLength();
        if (cipher.icvLength() > 0) {
            for (int at = 0; at < packet.length; at++) {
                byte[] forged = packet.clone();
                forged[at] ^= (byte) (1 << (at % 8));
                assertThat(cipher.open(forged, 0, end, sequence))
                        .as("byte %d changed", at)
                        .isEqualTo(PacketCipher.Opened.FORGED);
            }
        }

        assertThat(cipher.open(packet, 0, end, sequence)).isEqualTo(PacketCipher.Opened.GENUINE);
        assertThat(Arrays.copyOfRange(packet, begin, end)).isEqualTo(bytes(text));
    }

    private static PacketCipher cipher(String algorithm, String key, boolean esn) {
        boolean combined = algorithm.startsWith("rfc") && !algorithm.startsWith("rfc3686");
        Algorithm stated =
                combined ? new Algorithm.Aead(algorithm, key(key), 128) : new Algorithm.Encryption(algorithm, key(key));
        return CipherSuite.of(List.of(stated), esn, () -> 0);
    }

    private static byte[] bytes(String hex) {
        return hex.equals("-") ? new byte[0] : HEX.parseHex(hex);
    }

    private static Key key(String hex) {
        return Key.of(bytes(hex));
    }
}
