package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.xfrmctl.model.Key;

/**
 * AES-GCM (RFC 4106) and ChaCha20-Poly1305 (RFC 7634) with the whole integrity value or, for GCM, 12 bytes of it: the
 * nonce is salt and IV, and SPI and sequence number are authenticated with the text.
 */
final class AeadCipher implements PacketCipher {
    private static final int IV = 8;
    private static final int BLOCK = 4;

    private final Cipher cipher;
    private final SecretKey key;
    private final boolean gcm;
    private final int icv;
    private final IvGenerator ivs;
    private final AssociatedData associated;
    private final byte[] nonce = new byte[AeadAlgorithm.SALT_LENGTH + IV];

    AeadCipher(AeadAlgorithm algorithm, Key keyAndSalt, int icv, boolean esn, IvGenerator ivs)
            throws GeneralSecurityException {
        this.gcm = algorithm == AeadAlgorithm.AES_GCM;
        this.cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
        this.key = new SecretKeySpec(algorithm.keyWithoutSalt(keyAndSalt).toArray(), gcm ? "AES" : "ChaCha20");
        System.arraycopy(algorithm.salt(keyAndSalt).toArray(), 0, nonce, 0, AeadAlgorithm.SALT_LENGTH);
        this.icv = icv;
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
        return icv;
    }

    @Override
    public void seal(byte[] array, int start, int end, long sequence) {
        ivs.write(array, start + ESP_HEADER, sequence);
        try {
            init(Cipher.ENCRYPT_MODE, array, start);
            associated.add(cipher, array, start, sequence);
            int text = start + ESP_HEADER + IV;
            cipher.doFinal(array, text, end - text, array, text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(cipher.getAlgorithm() + " refuses to encrypt", e);
        }
    }

    @Override
    public Opened open(byte[] array, int start, int end, long sequence) {
        try {
            init(Cipher.DECRYPT_MODE, array, start);
            associated.add(cipher, array, start, sequence);
            int text = start + ESP_HEADER + IV;
            cipher.doFinal(array, text, end + icv - text, array, text);
            return Opened.GENUINE;
        } catch (AEADBadTagException e) {
            return Opened.FORGED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(cipher.getAlgorithm() + " refuses to decrypt", e);
        }
    }

    private void init(int mode, byte[] array, int start) throws GeneralSecurityException {
        System.arraycopy(array, start + ESP_HEADER, nonce, AeadAlgorithm.SALT_LENGTH, IV);
        if (!gcm && mode == Cipher.DECRYPT_MODE) {
            // JCA's ChaCha20 refuses to decrypt twice in a row under one nonce, which a repeated packet would make it
            // do. Another nonce in between makes it forget.
            nonce[0] ^= 1;
            cipher.init(mode, key, new IvParameterSpec(nonce));
            nonce[0] ^= 1;
        }
        AlgorithmParameterSpec parameters = gcm ? new GCMParameterSpec(icv * 8, nonce) : new IvParameterSpec(nonce);
        cipher.init(mode, key, parameters);
    }
}
