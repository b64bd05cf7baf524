package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.xfrmctl.model.Key;

/**
 * AES-GCM with 8 bytes of integrity value, which JCA does not offer. Opening decrypts in counter mode and encrypts again
 * to learn the whole value, at twice the price; RFC 4106 allows this length, and nobody should choose it.
 */
final class ShortTagGcm extends CombinedCipher {
    static final int ICV = 8;
    private static final int FULL_ICV = 16;

    private final Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    private final Cipher counter = Cipher.getInstance("AES/CTR/NoPadding");
    private byte[] scratch = new byte[2048];

    ShortTagGcm(Key keyAndSalt, boolean esn, IvGenerator ivs) throws GeneralSecurityException {
        super(AeadAlgorithm.AES_GCM, keyAndSalt, ICV, esn, ivs);
    }

    @Override
    void encrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        int text = start + ESP_HEADER + IV;
        encryptToScratch(array, start, end, sequence);
        System.arraycopy(scratch, 0, array, text, end - text + ICV);
    }

    @Override
    boolean decrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        int text = start + ESP_HEADER + IV;
        byte[] firstCounter = Arrays.copyOf(nonce, 16);
        // NIST SP 800-38D, section 7.1: counter 1 makes the integrity value, the text begins with 2.
        Words.putInt(firstCounter, 12, 2);
        counter.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(firstCounter));
        counter.doFinal(array, text, end - text, array, text);
        encryptToScratch(array, start, end, sequence);
        byte[] right = Arrays.copyOfRange(scratch, end - text, end - text + ICV);
        byte[] received = Arrays.copyOfRange(array, end, end + ICV);
        return MessageDigest.isEqual(right, received);
    }

    private void encryptToScratch(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        int text = start + ESP_HEADER + IV;
        if (scratch.length < end - text + FULL_ICV) {
            scratch = new byte[end - text + FULL_ICV];
        }
        // JCA refuses to encrypt twice in a row under one nonce, which is just what opening a repeated packet needs;
        // nothing but the integrity value of data already seen comes of it. Another nonce in between makes it forget.
        nonce[0] ^= 1;
        gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(FULL_ICV * 8, nonce));
        nonce[0] ^= 1;
        gcm.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(FULL_ICV * 8, nonce));
        associated.add(gcm, array, start, sequence);
        gcm.doFinal(array, text, end - text, scratch, 0);
    }
}
