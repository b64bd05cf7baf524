package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.xfrmctl.model.Key;

/**
 * AES-XCBC-MAC (RFC 3566, section 4) and AES-CMAC (RFC 4493, section 2.4): CBC whose last block, padded if it is short, is
 * masked by one of two keys. They differ in where the keys come from. Not safe for several threads.
 */
final class BlockMac implements KeyedHash {
    private static final int BLOCK = 16;
    private static final int CHUNK = 2048;
    /** The polynomial that doubling reduces by (NIST SP 800-38B, section 5.3). */
    private static final int REDUCTION = 0x87;

    private final Cipher cbc = Cipher.getInstance("AES/CBC/NoPadding");
    private final byte[] wholeMask;
    private final byte[] shortMask;
    private final byte[] last = new byte[BLOCK];
    private final byte[] scratch = new byte[CHUNK];
    private int pending;

    private BlockMac(byte[] key, byte[] wholeMask, byte[] shortMask) throws GeneralSecurityException {
        cbc.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK]));
        this.wholeMask = wholeMask;
        this.shortMask = shortMask;
    }

    /** Three keys are made of one; RFC 3566 knows 128 bits only, the kernel makes them of longer ones, too. */
    static BlockMac xcbc(Key key) throws GeneralSecurityException {
        byte[] material = key.toArray();
        return new BlockMac(encrypt(material, 1), encrypt(material, 2), encrypt(material, 3));
    }

    static BlockMac cmac(Key key) throws GeneralSecurityException {
        byte[] material = key.toArray();
        byte[] once = doubled(encrypt(material, 0));
        return new BlockMac(material, once, doubled(once));
    }

    @Override
    public int length() {
        return BLOCK;
    }

    /** Holds the last block back, whole or not: it is the one to be masked. */
    @Override
    public void update(byte[] array, int offset, int count) throws GeneralSecurityException {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            if (pending == BLOCK) {
                cbc.update(last, 0, BLOCK, scratch, 0);
                pending = 0;
            }
            if (pending == 0 && end - at > BLOCK) {
                int blocks = Math.min((end - at - 1) / BLOCK * BLOCK, CHUNK);
                cbc.update(array, at, blocks, scratch, 0);
                at += blocks;
            } else {
                int part = Math.min(BLOCK - pending, end - at);
                System.arraycopy(array, at, last, pending, part);
                pending += part;
                at += part;
            }
        }
    }

    @Override
    public void finish(byte[] value) throws GeneralSecurityException {
        byte[] mask = pending == BLOCK ? wholeMask : shortMask;
        if (pending < BLOCK) {
            last[pending] = (byte) 0x80;
            Arrays.fill(last, pending + 1, BLOCK, (byte) 0);
        }
        for (int i = 0; i < BLOCK; i++) {
            last[i] ^= mask[i];
        }
        pending = 0;
        cbc.doFinal(last, 0, BLOCK, value, 0);
    }

    /** A block of equal bytes, encrypted. */
    private static byte[] encrypt(byte[] key, int filling) throws GeneralSecurityException {
        Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
        ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        byte[] block = new byte[BLOCK];
        Arrays.fill(block, (byte) filling);
        return ecb.doFinal(block);
    }

    private static byte[] doubled(byte[] block) {
        byte[] result = new byte[BLOCK];
        int carry = 0;
        for (int i = BLOCK - 1; i >= 0; i--) {
            int shifted = (block[i] & 0xff) << 1 | carry;
            result[i] = (byte) shifted;
            carry = shifted >> 8;
        }
        result[BLOCK - 1] ^= (byte) (carry * REDUCTION);
        return result;
    }
}
