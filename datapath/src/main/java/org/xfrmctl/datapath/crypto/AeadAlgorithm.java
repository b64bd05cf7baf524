package org.xfrmctl.datapath.crypto;

import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.Key;

/** Combined modes by their kernel names (net/xfrm/xfrm_algo.c, aead_list). Keys end with a salt of 4 bytes. */
public enum AeadAlgorithm {
    AES_GCM("rfc4106(gcm(aes))", Set.of(20, 28, 36), Set.of(64, 96, 128)),
    CHACHA20_POLY1305("rfc7539esp(chacha20,poly1305)", Set.of(36), Set.of(128));

    static final int SALT_LENGTH = 4;

    private final String kernelName;
    private final Set<Integer> keyLengths;
    private final Set<Integer> icvBits;

    AeadAlgorithm(String kernelName, Set<Integer> keyLengths, Set<Integer> icvBits) {
        this.kernelName = kernelName;
        this.keyLengths = keyLengths;
        this.icvBits = icvBits;
    }

    /** Finds by name and length of the integrity value together, as the kernel does: a wrong length is "unknown". */
    public static Optional<AeadAlgorithm> of(String name, int icvBits) {
        for (AeadAlgorithm algorithm : values()) {
            if (algorithm.kernelName.equals(name) && algorithm.icvBits.contains(icvBits)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    public String kernelName() {
        return kernelName;
    }

    /** Whether a key of this many bytes, salt included, can be used. */
    public boolean acceptsKeyLength(int bytes) {
        return keyLengths.contains(bytes);
    }

    Key keyWithoutSalt(Key key) {
        return key.slice(0, key.length() - SALT_LENGTH);
    }

    Key salt(Key key) {
        return key.slice(key.length() - SALT_LENGTH, key.length());
    }
}
