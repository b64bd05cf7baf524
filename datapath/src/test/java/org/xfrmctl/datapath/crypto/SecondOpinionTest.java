package org.xfrmctl.datapath.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.Algorithm.Aead;
import org.xfrmctl.model.Algorithm.Authentication;
import org.xfrmctl.model.Key;

/** Random packets of every length against another implementation of CCM, GMAC and CMAC. */
class SecondOpinionTest {
    private static final int HEADER_AND_IV = PacketCipher.ESP_HEADER + CombinedCipher.IV;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @ParameterizedTest
    @CsvSource({
        "rfc4309(ccm(aes)), 3, 64",
        "rfc4309(ccm(aes)), 3, 96",
        "rfc4309(ccm(aes)), 3, 128",
        "rfc4543(gcm(aes)), 4, 128",
    })
    void combinedModes(String name, int saltLength, int icvBits) throws InvalidCipherTextException {
        for (int i = 0; i < 60; i++) {
            byte[] key = bytes((2 + i % 3) * 8);
            byte[] salt = bytes(saltLength);
            boolean esn = random.nextBoolean();
            long sequence = esn ? random.nextLong() : random.nextInt() & 0xffffffffL;
            Aead aead = new Aead(name, Key.of(join(key, salt)), icvBits);
            PacketCipher cipher = CipherSuite.of(List.of(aead), esn, random);
            byte[] packet = bytes(HEADER_AND_IV + (i < 40 ? i : random.nextInt(5000)) + icvBits / 8);
            int end = packet.length - icvBits / 8;
            byte[] text = Arrays.copyOfRange(packet, HEADER_AND_IV, end);

            cipher.seal(packet, 0, end, sequence);
            byte[] iv = Arrays.copyOfRange(packet, PacketCipher.ESP_HEADER, HEADER_AND_IV);
            byte[] right = other(name, key, icvBits, join(salt, iv), associated(packet, esn, sequence), text);
            assertThat(Arrays.copyOfRange(packet, HEADER_AND_IV, packet.length))
                    .as("seed %d, packet %d", seed, i)
                    .isEqualTo(right);

            byte[] forged = packet.clone();
            forged[random.nextInt(forged.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(cipher.open(packet, 0, end, sequence)).isEqualTo(PacketCipher.Opened.GENUINE);
            assertThat(Arrays.copyOfRange(packet, HEADER_AND_IV, end)).isEqualTo(text);
            assertThat(cipher.open(forged, 0, end, sequence)).isEqualTo(PacketCipher.Opened.FORGED);
        }
    }

    @Test
    void cmac() {
        for (int i = 0; i < 200; i++) {
            byte[] key = bytes((2 + i % 3) * 8);
            byte[] message = bytes(i < 70 ? i : random.nextInt(9000));
            CMac other = new CMac(AESEngine.newInstance());
            other.init(new KeyParameter(key));
            other.update(message, 0, message.length);
            byte[] right = new byte[16];
            other.doFinal(right, 0);

            IntegrityValue value = IntegrityValue.of(new Authentication("cmac(aes)", Key.of(key), 128), false);
            int cut = random.nextInt(message.length + 1);
            value.update(message, 0, cut);
            value.update(message, cut, message.length - cut);
            assertThat(value.matches(right, 0, 0))
                    .as("seed %d, %d bytes, cut at %d", seed, message.length, cut)
                    .isTrue();
        }
    }

    private byte[] associated(byte[] packet, boolean esn, long sequence) {
        byte[] high = new byte[esn ? 4 : 0];
        if (esn) {
            Words.putInt(high, 0, (int) (sequence >>> 32));
        }
        return join(join(Arrays.copyOf(packet, 4), high), Arrays.copyOfRange(packet, 4, 8));
    }

    private static byte[] other(String name, byte[] key, int icvBits, byte[] nonce, byte[] associated, byte[] text)
            throws InvalidCipherTextException {
        boolean ccm = name.contains("ccm");
        AEADBlockCipher cipher = ccm
                ? CCMBlockCipher.newInstance(AESEngine.newInstance())
                : GCMBlockCipher.newInstance(AESEngine.newInstance());
        cipher.init(true, new AEADParameters(new KeyParameter(key), icvBits, nonce));
        cipher.processAADBytes(associated, 0, associated.length);
        byte[] result = new byte[text.length + icvBits / 8];
        if (ccm) {
            int done = cipher.processBytes(text, 0, text.length, result, 0);
            cipher.doFinal(result, done);
            return result;
        }
        // RFC 4543, section 3: the IV and the text are associated data and are not encrypted.
        cipher.processAADBytes(nonce, 4, 8);
        cipher.processAADBytes(text, 0, text.length);
        cipher.doFinal(result, text.length);
        System.arraycopy(text, 0, result, 0, text.length);
        return result;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
