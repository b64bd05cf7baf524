package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.xfrmctl.model.Key;

/** A block cipher of the JDK in CBC with an explicit IV of one block (RFC 3602, section 3; RFC 2451, section 3). */
final class JdkCbc implements TextCipher {
    private final Cipher cipher;
    private final SecretKey key;
    private final int block;
    private final IvGenerator ivs;

    /** {@code name} is the block cipher's in JCA. */
    JdkCbc(String name, Key key, IvGenerator ivs) throws GeneralSecurityException {
        this.cipher = Cipher.getInstance(name + "/CBC/NoPadding");
        this.key = new SecretKeySpec(key.toArray(), name);
        this.block = cipher.getBlockSize();
        this.ivs = ivs;
    }

    @Override
    public int ivLength() {
        return block;
    }

    @Override
    public int blockSize() {
        return block;
    }

    @Override
    public boolean takes(int length) {
        return length % block == 0;
    }

    @Override
    public void encrypt(byte[] array, int iv, int end, long sequence) throws GeneralSecurityException {
        ivs.write(array, iv, block, sequence);
        run(Cipher.ENCRYPT_MODE, array, iv, end);
    }

    @Override
    public void decrypt(byte[] array, int iv, int end) throws GeneralSecurityException {
        run(Cipher.DECRYPT_MODE, array, iv, end);
    }

    private void run(int mode, byte[] array, int iv, int end) throws GeneralSecurityException {
        int text = iv + block;
        cipher.init(mode, key, new IvParameterSpec(array, iv, block));
        cipher.doFinal(array, text, end - text, array, text);
    }
}
