package org.xfrmctl.bench;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Spi;

/**
 * One packet of 1400 bytes through ESP with AES-128-GCM and back. The peer does only the cipher's work on as many bytes:
 * no ESP header, no trailer, no padding.
 */
@State(Scope.Thread)
public class EspBenchmark {
    static final int PACKET = 1400;
    private static final int TCP = 6;
    private static final int HEADER = 8;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    /** What ESP encrypts of such a packet: with pad length and next header, filled up to a multiple of 4. */
    private static final int TEXT = 1404;

    private final byte[] keyAndSalt = Samples.bytes(20);
    private final PacketBuffer packet = PacketBuffer.of(Samples.text(PACKET));
    private final EspTransform transform = EspTransform.of(
            List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(keyAndSalt), TAG_BITS)),
            new Spi(0x1001),
            false,
            new Random(1));
    private long sequence;

    private final SecretKeySpec key = new SecretKeySpec(keyAndSalt, 0, 16, "AES");
    private final byte[] nonce = new byte[NONCE];
    private final byte[] text = Samples.text(TEXT + TAG_BITS / 8);
    private final byte[] header = new byte[HEADER];
    private final Cipher sealing;
    private final Cipher opening;

    public EspBenchmark() {
        try {
            sealing = Cipher.getInstance("AES/GCM/NoPadding");
            opening = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Benchmark
    public int sealAndOpen() {
        sequence++;
        transform.seal(packet, TCP, sequence, 0);
        int nextHeader = transform.open(packet, sequence);
        if (nextHeader != TCP || packet.length() != PACKET) {
            throw new IllegalStateException("lost the packet: " + nextHeader);
        }
        return nextHeader;
    }

    @Benchmark
    public int sealAndOpenPeer() throws GeneralSecurityException {
        for (int at = NONCE - 1; ++nonce[at] == 0; at--) {
            // carries on
        }
        GCMParameterSpec parameters = new GCMParameterSpec(TAG_BITS, nonce);
        sealing.init(Cipher.ENCRYPT_MODE, key, parameters);
        sealing.updateAAD(header);
        int sealed = sealing.doFinal(text, 0, TEXT, text, 0);
        opening.init(Cipher.DECRYPT_MODE, key, parameters);
        opening.updateAAD(header);
        return opening.doFinal(text, 0, sealed, text, 0);
    }
}
