package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import java.util.Optional;

/** A cipher and a keyed hash, each with its key: encrypted first, then authenticated (RFC 4303, section 3.3.2). */
final class SeparateCipher implements PacketCipher {
    private final TextCipher cipher;
    private final Optional<IntegrityValue> integrity;

    SeparateCipher(TextCipher cipher, Optional<IntegrityValue> integrity) {
        this.cipher = cipher;
        this.integrity = integrity;
    }

    @Override
    public int ivLength() {
        return cipher.ivLength();
    }

    @Override
    public int blockSize() {
        return cipher.blockSize();
    }

    @Override
    public int icvLength() {
        return integrity.isPresent() ? integrity.get().length() : 0;
    }

    @Override
    public void seal(byte[] array, int start, int end, long sequence) {
        try {
            cipher.encrypt(array, start + ESP_HEADER, end, sequence);
            if (integrity.isPresent()) {
                integrity.get().write(array, start, end, sequence);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cipher refuses to encrypt", e);
        }
    }

    @Override
    public Opened open(byte[] array, int start, int end, long sequence) {
        try {
            if (integrity.isPresent() && !integrity.get().matches(array, start, end, sequence)) {
                return Opened.FORGED;
            }
            if (!isWhole(end - start - ESP_HEADER - ivLength())) {
                return Opened.MALFORMED;
            }
            cipher.decrypt(array, start + ESP_HEADER, end);
            return Opened.GENUINE;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cipher refuses to decrypt", e);
        }
    }

    /** Only block ciphers refuse odd lengths; alignment to 4 bytes is a sender's duty that the kernel does not check. */
    private boolean isWhole(int length) {
        return !(cipher instanceof AesCbc) || length % cipher.blockSize() == 0;
    }
}
