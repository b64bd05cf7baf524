package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import org.xfrmctl.model.Key;

/**
 * AES-CCM (RFC 4309; RFC 3610, section 2), which the JDK lacks: CBC over the plain text makes the integrity value, counter
 * mode encrypts it and then the text. The nonce has 11 bytes, so that lengths and counters have 4.
 */
final class CcmCipher extends CombinedCipher {
    private static final int BLOCK = 16;
    private static final int CHUNK = 2048;
    private static final int LENGTH_FIELD = 4;
    private static final int HAS_ASSOCIATED_DATA = 0x40;

    private final Cipher counter = Cipher.getInstance("AES/CTR/NoPadding");
    private final Cipher cbc = Cipher.getInstance("AES/CBC/NoPadding");
    private final byte[] first = new byte[BLOCK];
    private final byte[] block = new byte[BLOCK];
    private final byte[] value = new byte[BLOCK];
    private final byte[] scratch = new byte[CHUNK];

    CcmCipher(Key keyAndSalt, int icv, boolean esn, IvGenerator ivs) throws GeneralSecurityException {
        super(AeadAlgorithm.AES_CCM, keyAndSalt, icv, esn, ivs);
        cbc.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK]));
    }

    @Override
    void encrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        authenticate(array, start, end, sequence);
        crypt(array, start, end);
        System.arraycopy(value, 0, array, end, icvLength());
    }

    @Override
    boolean decrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        System.arraycopy(array, end, value, 0, icvLength());
        crypt(array, start, end);
        byte[] received = Arrays.copyOf(value, icvLength());
        authenticate(array, start, end, sequence);
        int difference = 0;
        for (int i = 0; i < received.length; i++) {
            difference |= value[i] ^ received[i];
        }
        return difference == 0;
    }

    /** Both ways are the same: counter 0 belongs to the integrity value, the text begins with 1. */
    private void crypt(byte[] array, int start, int end) throws GeneralSecurityException {
        Arrays.fill(first, (byte) 0);
        first[0] = LENGTH_FIELD - 1;
        System.arraycopy(nonce, 0, first, 1, nonce.length);
        counter.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(first));
        counter.update(value, 0, BLOCK, value, 0);
        int text = start + ESP_HEADER + IV;
        counter.doFinal(array, text, end - text, array, text);
    }

    /** CBC over a block that states the lengths, the associated data and the text, each filled up with zeros. */
    private void authenticate(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        int text = start + ESP_HEADER + IV;
        int length = end - text;
        first[0] = (byte) (HAS_ASSOCIATED_DATA | (icvLength() / 2 - 1) << 3 | (LENGTH_FIELD - 1));
        System.arraycopy(nonce, 0, first, 1, nonce.length);
        Words.putInt(first, BLOCK - LENGTH_FIELD, length);
        cbc.update(first, 0, BLOCK, scratch, 0);
        Arrays.fill(block, (byte) 0);
        block[1] = (byte) associated.length();
        associated.copyTo(block, 2, array, start, sequence);
        if (length == 0) {
            cbc.doFinal(block, 0, BLOCK, value, 0);
            return;
        }
        cbc.update(block, 0, BLOCK, scratch, 0);
        int last = text + (length - 1) / BLOCK * BLOCK;
        for (int at = text; at < last; at += CHUNK) {
            cbc.update(array, at, Math.min(CHUNK, last - at), scratch, 0);
        }
        Arrays.fill(block, (byte) 0);
        System.arraycopy(array, last, block, 0, end - last);
        cbc.doFinal(block, 0, BLOCK, value, 0);
    }
}
