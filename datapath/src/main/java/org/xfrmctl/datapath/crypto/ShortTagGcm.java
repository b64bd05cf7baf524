package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.xfrmctl.model.Key;

/**
 * AES-GCM with 8 bytes of integrity value, which JCA does not offer. Opening decrypts in counter mode and encrypts again
 * to learn the whole value, at twice the price; RFC 4106 allows this length, and nobody should choose it.
 */
final class ShortTagGcm implements PacketCipher {
    private static final int IV = 8;
    private static final int BLOCK = 4;
    private static final int ICV = 8;
    private static final int FULL_ICV = 16;

    private final Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
    private final Cipher counter = Cipher.getInstance("AES/CTR/NoPadding");
    private final SecretKey key;
    private final IvGenerator ivs;
    private final AssociatedData associated;
    private final byte[] nonce = new byte[AeadAlgorithm.SALT_LENGTH + IV];
    private final byte[] firstCounter = new byte[16];
    private byte[] scratch = new byte[2048];

    ShortTagGcm(Key keyAndSalt, boolean esn, IvGenerator ivs) throws GeneralSecurityException {
        AeadAlgorithm algorithm = AeadAlgorithm.AES_GCM;
        this.key = new SecretKeySpec(algorithm.keyWithoutSalt(keyAndSalt).toArray(), "AES");
        System.arraycopy(algorithm.salt(keyAndSalt).toArray(), 0, nonce, 0, AeadAlgorithm.SALT_LENGTH);
        this.ivs = ivs;
        this.associated = new AssociatedData(esn);
    }

    @Override
    public int ivLength() {
        return IV;
    }

    @Override
    public int blockSize() {
        return BLOCK;
    }

    @Override
    public int icvLength() {
        return ICV;
    }

    @Override
    public void seal(byte[] array, int start, int end, long sequence) {
        ivs.write(array, start + ESP_HEADER, sequence);
        int text = start + ESP_HEADER + IV;
        try {
            encryptToScratch(array, start, end, sequence);
            System.arraycopy(scratch, 0, array, text, end - text + ICV);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to encrypt", e);
        }
    }

    @Override
    public Opened open(byte[] array, int start, int end, long sequence) {
        int text = start + ESP_HEADER + IV;
        try {
            System.arraycopy(nonce, 0, firstCounter, 0, AeadAlgorithm.SALT_LENGTH);
            System.arraycopy(array, start + ESP_HEADER, firstCounter, AeadAlgorithm.SALT_LENGTH, IV);
            // NIST SP 800-38D, section 7.1: counter 1 makes the integrity value, the text begins with 2.
            Words.putInt(firstCounter, 12, 2);
            counter.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(firstCounter));
            counter.doFinal(array, text, end - text, array, text);
            encryptToScratch(array, start, end, sequence);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refuses to decrypt", e);
        }
        byte[] right = Arrays.copyOfRange(scratch, end - text, end - text + ICV);
        byte[] received = Arrays.copyOfRange(array, end, end + ICV);
        return MessageDigest.isEqual(right, received) ? Opened.GENUINE : Opened.FORGED;
    }

    private void encryptToScratch(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        int text = start + ESP_HEADER + IV;
        if (scratch.length < end - text + FULL_ICV) {
            scratch = new byte[end - text + FULL_ICV];
        }
        System.arraycopy(array, start + ESP_HEADER, nonce, AeadAlgorithm.SALT_LENGTH, IV);
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
