package org.xfrmctl.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.Algorithm.Authentication;
import org.xfrmctl.model.Algorithm.Encryption;
import org.xfrmctl.model.Key;

/** Published answers of single blocks and of keyed hashes. */
class KnownAnswersTest {
    private static final HexFormat HEX = HexFormat.of();

    /** One block under a zero IV is the block cipher itself. */
    @ParameterizedTest
    @CsvSource({
        "cbc(des), 133457799bbcdff1, 0123456789abcdef, 85e813540f0ab405",
        // NIST SP 800-67, appendix B
        "cbc(des3_ede), 0123456789abcdef23456789abcdef01456789abcdef0123, 5468652071756663, a826fd8ce53b855f",
        // RFC 2144, appendix B.1
        "cbc(cast5), 0123456712345678234567893456789a, 0123456789abcdef, 238b4fe5847e44b2",
        "cbc(cast5), 01234567123456782345, 0123456789abcdef, eb6a711a2c02271b",
        "cbc(cast5), 0123456712, 0123456789abcdef, 7ac816d16e9b302e",
        // Eric Young's vectors
        "cbc(blowfish), 0000000000000000, 0000000000000000, 4ef997456198dd78",
        "cbc(blowfish), ffffffffffffffff, ffffffffffffffff, 51866fd5b85ecb8a",
        // FIPS 197, appendix C
        "cbc(aes), 000102030405060708090a0b0c0d0e0f, 00112233445566778899aabbccddeeff,"
                + " 69c4e0d86a7b0430d8cdb78070b4c55a",
        "cbc(aes), 000102030405060708090a0b0c0d0e0f1011121314151617, 00112233445566778899aabbccddeeff,"
                + " dda97ca4864cdfe06eaf70a0ec0d7191",
        // RFC 3713, appendix A
        "cbc(camellia), 0123456789abcdeffedcba9876543210, 0123456789abcdeffedcba9876543210,"
                + " 67673138549669730857065648eabe43",
        "cbc(camellia), 0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff,"
                + " 0123456789abcdeffedcba9876543210, 9acc237dff16d76c20ef7c919e3a7509",
        // The Twofish paper, appendix B.2
        "cbc(twofish), 00000000000000000000000000000000, 00000000000000000000000000000000,"
                + " 9f589f5cf6122c32b6bfec2f2ae8c35a",
        // The kernel tests itself with no key at all; then the first of the AES submission
        "cbc(serpent), '', 000102030405060708090a0b0c0d0e0f, 1207fcce9bd0d6476ae98fbed143a0e2",
        "cbc(serpent), 80000000000000000000000000000000, 00000000000000000000000000000000,"
                + " 264e5481eff42a4606abda06c0bfda3d",
        // GB/T 32907, appendix A
        "cbc(sm4), 0123456789abcdeffedcba9876543210, 0123456789abcdeffedcba9876543210,"
                + " 681edf34d206965e86b3e94f536e4246",
    })
    void decryptsABlock(String name, String key, String plain, String encrypted) {
        byte[] block = HEX.parseHex(plain);
        int text = PacketCipher.ESP_HEADER + block.length;
        byte[] packet = new byte[text + block.length];
        System.arraycopy(HEX.parseHex(encrypted), 0, packet, text, block.length);
        PacketCipher cipher = CipherSuite.of(List.of(new Encryption(name, key(key))), false, () -> 0);
        assertThat(cipher.ivLength()).isEqualTo(block.length);
        assertThat(cipher.blockSize()).isEqualTo(block.length);
        assertThat(cipher.open(packet, 0, packet.length, 1)).isEqualTo(PacketCipher.Opened.GENUINE);
        assertThat(Arrays.copyOfRange(packet, text, packet.length)).isEqualTo(block);
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 3566, section 4.6
        "xcbc(aes), 000102030405060708090a0b0c0d0e0f, '', 75f0251d528ac01c4573dfd584d79f29",
        "xcbc(aes), 000102030405060708090a0b0c0d0e0f, 000102, 5b376580ae2f19afe7219ceef172756f",
        "xcbc(aes), 000102030405060708090a0b0c0d0e0f, 000102030405060708090a0b0c0d0e0f,"
                + " d2a246fa349b68a79998a4394ff7a263",
        "xcbc(aes), 000102030405060708090a0b0c0d0e0f, 000102030405060708090a0b0c0d0e0f10111213,"
                + " 47f51b4564966215b8985c63055ed308",
        "xcbc(aes), 000102030405060708090a0b0c0d0e0f,"
                + " 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, f54f0ec8d2b9f3d36807734bd5283fd4",
        // RFC 4494, section 4: of RFC 4493's values the first 96 bits
        "cmac(aes), 2b7e151628aed2a6abf7158809cf4f3c, '', bb1d6929e95937287fa37d129b756746",
        "cmac(aes), 2b7e151628aed2a6abf7158809cf4f3c, 6bc1bee22e409f96e93d7e117393172a,"
                + " 070a16b46b4d4144f79bdd9dd04a287c",
        "cmac(aes), 2b7e151628aed2a6abf7158809cf4f3c,"
                + " 6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411,"
                + " dfa66747de9ae63030ca32611497c827",
        // RFC 2202, 2286 and 4868, first cases: "Hi There"
        "hmac(md5), 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265, 9294727a3638bb1c13f48ef8158bfc9d",
        "hmac(sha1), 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
                + " b617318655057264e28bc0b6fb378c8ef146be00",
        "hmac(rmd160), 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
                + " 24cb4bd67d20fc1a5d2ed7732dcc39377f0a5668",
        "hmac(sha256), 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
                + " 198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7",
        "hmac(sha384), 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,"
                + " 4869205468657265,"
                + " b6a8d5636f5c6a7224f9977dcf7ee6c7fb6d0c48cbdee9737a959796489bddbc4c5df61d5b3297b4fb68dab9f1b582c2",
        "hmac(sha512), 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"
                + "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 4869205468657265,"
                + " 637edc6e01dce7e6742a99451aae82df23da3e92439e590e43e761b33e910fb8"
                + "ac2878ebd5803f6f0b61dbce5e251ff8789a4722c1be65aea45fd464e89f8f5b",
    })
    void authenticates(String name, String key, String message, String value) {
        byte[] right = HEX.parseHex(value);
        check(new Authentication(name, key(key), right.length * 8), HEX.parseHex(message), right);
        check(new Authentication(name, key(key), 96), HEX.parseHex(message), Arrays.copyOf(right, 12));
    }

    /** GM/T 0042's example of HMAC with SM3. */
    @ParameterizedTest
    @CsvSource("ca05e144ed05d1857840d1f318a4a8669e559fc8391f414485bfdf7bb408963a")
    void authenticatesWithSm3(String value) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i + 1);
        }
        String message = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".repeat(2);
        check(
                new Authentication("hmac(sm3)", Key.of(key), 256),
                message.getBytes(StandardCharsets.US_ASCII),
                HEX.parseHex(value));
    }

    private static void check(Authentication algorithm, byte[] message, byte[] right) {
        IntegrityValue value = IntegrityValue.of(algorithm, false);
        assertThat(value.length()).isEqualTo(right.length);
        byte[] made = new byte[right.length];
        value.update(message, 0, message.length);
        value.write(made, 0, 0);
        assertThat(made).isEqualTo(right);
        // The same object again, and in two pieces.
        value.update(message, 0, message.length / 3);
        value.update(message, message.length / 3, message.length - message.length / 3);
        assertThat(value.matches(made, 0, 0)).isTrue();
    }

    private static Key key(String hex) {
        return Key.of(HEX.parseHex(hex));
    }
}
