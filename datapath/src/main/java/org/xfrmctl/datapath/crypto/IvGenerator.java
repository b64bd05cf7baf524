package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** Makes the IV of each packet from its sequence number, so that none is ever used twice. */
@FunctionalInterface
interface IvGenerator {
    /** Writes {@code length} bytes: 8 for counter modes, a block for CBC. */
    void write(byte[] array, int offset, int length, long sequence);

    /** For counter modes, where an IV has to be unique: the number XOR a salt of the state (crypto/seqiv.c). */
    static IvGenerator sequential(RandomGenerator random) {
        long salt = random.nextLong();
        return (array, offset, length, sequence) -> Words.putLong(array, offset, sequence ^ salt);
    }

    /**
     * For CBC, where an IV has to be unpredictable: the number encrypted under a key of its own (NIST SP 800-38A,
     * appendix C), as much of it as the cipher's block takes. The kernel's crypto/echainiv.c serves the same purpose in
     * another way; no receiver can tell.
     */
    static IvGenerator unpredictable(RandomGenerator random) throws GeneralSecurityException {
        byte[] key = new byte[16];
        random.nextBytes(key);
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        byte[] block = new byte[16];
        byte[] iv = new byte[16];
        return (array, offset, length, sequence) -> {
            Words.putLong(block, 8, sequence);
            try {
                cipher.doFinal(block, 0, block.length, iv, 0);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("AES refuses a block", e);
            }
            System.arraycopy(iv, 0, array, offset, length);
        };
    }
}
