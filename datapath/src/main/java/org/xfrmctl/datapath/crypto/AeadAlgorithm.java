package org.xfrmctl.datapath.crypto;

import java.util.Optional;
import org.xfrmctl.model.Key;

/** Combined modes by their kernel names (net/xfrm/xfrm_algo.c, aead_list). Keys end with a salt of 4 bytes. */
public enum AeadAlgorithm {
    AES_GCM("rfc4106(gcm(aes))"),
    CHACHA20_POLY1305("rfc7539esp(chacha20,poly1305)");

    static final int SALT_LENGTH = 4;

    private final String kernelName;

    AeadAlgorithm(String kernelName) {
        this.kernelName = kernelName;
    }

    /** Finds by name and length of the integrity value together, as the kernel does: a wrong length is "unknown". */
    public static Optional<AeadAlgorithm> of(String name, int icvBits) {
        for (AeadAlgorithm algorithm : values()) {
            if (algorithm.kernelName.equals(name) && algorithm.hasIcvOf(icvBits)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** Whether a key of this many bytes, salt included, can be used. */
    public boolean acceptsKeyLength(int bytes) {
        return switch (this) {
            case AES_GCM -> CipherAlgorithm.isAesKey(bytes - SALT_LENGTH);
            case CHACHA20_POLY1305 -> bytes == 32 + SALT_LENGTH;
        };
    }

    private boolean hasIcvOf(int bits) {
        return bits == 128 || (this == AES_GCM && (bits == 64 || bits == 96));
    }

    Key keyWithoutSalt(Key key) {
        return key.slice(0, key.length() - SALT_LENGTH);
    }

    Key salt(Key key) {
        return key.slice(key.length() - SALT_LENGTH, key.length());
    }
}
