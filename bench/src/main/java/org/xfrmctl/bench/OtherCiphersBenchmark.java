package org.xfrmctl.bench;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Spi;

/** A payload of 1400 bytes made an ESP packet and opened again with other algorithms; the peer has the JDK's alone. */
public class OtherCiphersBenchmark extends Duel {
    private static final int SIZE = 1400;
    /** What is encrypted, with padding, pad length and next header, for ciphers of 16 bytes a block. */
    private static final int TEXT = 1408;

    private static final int TAG = 16;

    @Param({"chacha20", "cbc-sha256"})
    public String algorithm = "chacha20";

    private final PacketBuffer packet = PacketBuffer.of(Samples.text(SIZE));
    private final byte[] clear = Samples.text(TEXT + TAG);
    private final byte[] sealed = new byte[TEXT + TAG];
    private final byte[] iv = new byte[16];
    private final byte[] value = new byte[32];
    private EspTransform transform = Samples.esp();
    private Cipher sealing = cipher();
    private Cipher opening = cipher();
    private final SecretKey chachaKey = new SecretKeySpec(Samples.bytes(32), "ChaCha20");
    private final SecretKey aesKey = new SecretKeySpec(Samples.bytes(16), "AES");
    private final Mac mac;
    private long sequence;

    public OtherCiphersBenchmark() {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Samples.bytes(32), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks HMAC", e);
        }
    }

    @Setup(Level.Trial)
    public void prepare() {
        List<Algorithm> algorithms = isCombined()
                ? List.of(new Algorithm.Aead("rfc7539esp(chacha20,poly1305)", Key.of(Samples.bytes(36)), TAG * 8))
                : List.of(
                        new Algorithm.Encryption("cbc(aes)", Key.of(Samples.bytes(16))),
                        new Algorithm.Authentication("hmac(sha256)", Key.of(Samples.bytes(32)), TAG * 8));
        transform = EspTransform.of(algorithms, new Spi(0x1001), false, new Random(1));
        sealing = cipher();
        opening = cipher();
    }

    private boolean isCombined() {
        return algorithm.equals("chacha20");
    }

    private Cipher cipher() {
        try {
            return Cipher.getInstance(isCombined() ? "ChaCha20-Poly1305" : "AES/CBC/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
        }
    }

    @Override
    long ours() {
        sequence++;
        transform.seal(packet, Samples.TCP, sequence, 0);
        if (transform.open(packet, sequence) != Samples.TCP) {
            throw new IllegalStateException("the packet was not opened");
        }
        return packet.length();
    }

    @Override
    long peer() throws GeneralSecurityException {
        for (int at = 11; ++iv[at] == 0; at--) {
            // carries on
        }
        return isCombined() ? combined() : separate();
    }

    private int combined() throws GeneralSecurityException {
        IvParameterSpec nonce = new IvParameterSpec(iv, 0, 12);
        sealing.init(Cipher.ENCRYPT_MODE, chachaKey, nonce);
        sealing.updateAAD(value, 0, 8);
        sealing.doFinal(clear, 0, TEXT, sealed, 0);
        opening.init(Cipher.DECRYPT_MODE, chachaKey, nonce);
        opening.updateAAD(value, 0, 8);
        return opening.doFinal(sealed, 0, TEXT + TAG, clear, 0);
    }

    private int separate() throws GeneralSecurityException {
        sealing.init(Cipher.ENCRYPT_MODE, aesKey, new IvParameterSpec(iv));
        sealing.doFinal(clear, 0, TEXT, sealed, 0);
        mac.update(sealed, 0, TEXT);
        mac.doFinal(value, 0);
        mac.update(sealed, 0, TEXT);
        mac.doFinal(value, 0);
        opening.init(Cipher.DECRYPT_MODE, aesKey, new IvParameterSpec(iv));
        return opening.doFinal(sealed, 0, TEXT, clear, 0);
    }
}
