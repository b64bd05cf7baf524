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
                IntegrityValue value = integrity.get();
                value.update(array, start, end - start);
                value.write(array, end, sequence);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cipher refuses to encrypt", e);
        }
    }

    @Override
    public Opened open(byte[] array, int start, int end, long sequence) {
        try {
            if (integrity.isPresent() && !isGenuine(integrity.get(), array, start, end, sequence)) {
                return Opened.FORGED;
            }
            if (!cipher.takes(end - start - ESP_HEADER - ivLength())) {
                return Opened.MALFORMED;
            }
            cipher.decrypt(array, start + ESP_HEADER, end);
            return Opened.GENUINE;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the cipher refuses to decrypt", e);
        }
    }

    private static boolean isGenuine(IntegrityValue value, byte[] array, int start, int end, long sequence) {
        value.update(array, start, end - start);
        return value.matches(array, end, sequence);
    }
}
