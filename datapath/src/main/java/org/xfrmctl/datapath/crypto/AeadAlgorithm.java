package org.xfrmctl.datapath.crypto;

import java.util.Optional;
import org.xfrmctl.model.Key;

/** Combined modes by their kernel names (net/xfrm/xfrm_algo.c, aead_list). Keys end with a salt. */
public enum AeadAlgorithm {
    AES_GCM("rfc4106(gcm(aes))", 4),
    AES_CCM("rfc4309(ccm(aes))", 3),
    /** Integrity alone, of payload and IV: nothing is encrypted. */
    AES_GMAC("rfc4543(gcm(aes))", 4),
    CHACHA20_POLY1305("rfc7539esp(chacha20,poly1305)", 4);

    private final String kernelName;
    private final int saltLength;

    AeadAlgorithm(String kernelName, int saltLength) {
        this.kernelName = kernelName;
        this.saltLength = saltLength;
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
            case AES_GCM, AES_CCM, AES_GMAC -> CipherAlgorithm.isAesKey(bytes - saltLength);
            case CHACHA20_POLY1305 -> bytes == 32 + saltLength;
        };
    }

    private boolean hasIcvOf(int bits) {
        return switch (this) {
            case AES_GCM, AES_CCM -> bits == 64 || bits == 96 || bits == 128;
            case AES_GMAC, CHACHA20_POLY1305 -> bits == 128;
        };
    }

    Key keyWithoutSalt(Key key) {
        return key.slice(0, key.length() - saltLength);
    }

    Key salt(Key key) {
        return key.slice(key.length() - saltLength, key.length());
    }
}
