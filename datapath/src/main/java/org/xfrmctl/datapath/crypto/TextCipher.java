package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;

/** Encryption without integrity, in place: one half of {@link SeparateCipher}. */
interface TextCipher {
    int ivLength();

    int blockSize();

    /**
     * Whether a text of this length can be decrypted. Only block ciphers refuse odd ones; alignment to 4 bytes is a
     * sender's duty that the kernel does not check.
     */
    default boolean takes(int length) {
        return true;
    }

    /** Writes an IV at {@code iv} and encrypts what follows it up to {@code end}. */
    void encrypt(byte[] array, int iv, int end, long sequence) throws GeneralSecurityException;

    /** Decrypts from behind the IV to {@code end}; the cipher {@linkplain #takes takes} its length. */
    void decrypt(byte[] array, int iv, int end) throws GeneralSecurityException;

    /** RFC 2410: the text stays as it is. */
    final class None implements TextCipher {
        @Override
        public int ivLength() {
            return 0;
        }

        @Override
        public int blockSize() {
            return 4;
        }

        @Override
        public void encrypt(byte[] array, int iv, int end, long sequence) {}

        @Override
        public void decrypt(byte[] array, int iv, int end) {}
    }
}
