package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.xfrmctl.model.Key;

/** AES in counter mode; the counter block is nonce, IV and a count from 1 (RFC 3686, section 4). */
final class AesCtr implements TextCipher {
    private static final int NONCE = 4;
    private static final int IV = 8;

    private final Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    private final SecretKey key;
    private final IvGenerator ivs;
    private final byte[] counter = new byte[16];

    AesCtr(Key keyAndNonce, IvGenerator ivs) throws GeneralSecurityException {
        int keyLength = keyAndNonce.length() - NONCE;
        this.key = new SecretKeySpec(keyAndNonce.slice(0, keyLength).toArray(), "AES");
        System.arraycopy(keyAndNonce.toArray(), keyLength, counter, 0, NONCE);
        this.ivs = ivs;
    }

    @Override
    public int ivLength() {
        return IV;
    }

    @Override
    public int blockSize() {
        return 4;
    }

    @Override
    public void encrypt(byte[] array, int iv, int end, long sequence) throws GeneralSecurityException {
        ivs.write(array, iv, IV, sequence);
        decrypt(array, iv, end);
    }

    /** In counter mode both ways are the same. */
    @Override
    public void decrypt(byte[] array, int iv, int end) throws GeneralSecurityException {
        System.arraycopy(array, iv, counter, NONCE, IV);
        Words.putInt(counter, NONCE + IV, 1);
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
        int text = iv + IV;
        cipher.doFinal(array, text, end - text, array, text);
    }
}
