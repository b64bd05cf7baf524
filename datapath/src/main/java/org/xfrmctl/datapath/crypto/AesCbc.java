package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.xfrmctl.model.Key;

/** AES-CBC with an explicit IV of one block (RFC 3602, section 3). */
final class AesCbc implements TextCipher {
    private static final int BLOCK = 16;

    private final Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    private final SecretKey key;
    private final IvGenerator ivs;

    AesCbc(Key key, IvGenerator ivs) throws GeneralSecurityException {
        this.key = new SecretKeySpec(key.toArray(), "AES");
        this.ivs = ivs;
    }

    @Override
    public int ivLength() {
        return BLOCK;
    }

    @Override
    public int blockSize() {
        return BLOCK;
    }

    @Override
    public void encrypt(byte[] array, int iv, int end, long sequence) throws GeneralSecurityException {
        ivs.write(array, iv, sequence);
        run(Cipher.ENCRYPT_MODE, array, iv, end);
    }

    @Override
    public void decrypt(byte[] array, int iv, int end) throws GeneralSecurityException {
        run(Cipher.DECRYPT_MODE, array, iv, end);
    }

    private void run(int mode, byte[] array, int iv, int end) throws GeneralSecurityException {
        int text = iv + BLOCK;
        cipher.init(mode, key, new IvParameterSpec(array, iv, BLOCK));
        cipher.doFinal(array, text, end - text, array, text);
    }
}
