package org.xfrmctl.datapath.crypto;

import java.util.Optional;

/** Ciphers without integrity by their kernel names and aliases (net/xfrm/xfrm_algo.c, ealg_list). */
public enum CipherAlgorithm {
    NULL("ecb(cipher_null)", "cipher_null"),
    AES_CBC("cbc(aes)", "aes"),
    /** The key ends with a nonce of 4 bytes (RFC 3686, section 5.1). */
    AES_CTR("rfc3686(ctr(aes))", "rfc3686(ctr(aes))");

    private static final int CTR_NONCE_LENGTH = 4;

    private final String kernelName;
    private final String alias;

    CipherAlgorithm(String kernelName, String alias) {
        this.kernelName = kernelName;
        this.alias = alias;
    }

    /** Finds by canonical name or alias. */
    public static Optional<CipherAlgorithm> of(String name) {
        for (CipherAlgorithm algorithm : values()) {
            if (algorithm.kernelName.equals(name) || algorithm.alias.equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /** The canonical name, under which a dump shows it. */
    public String kernelName() {
        return kernelName;
    }

    public boolean acceptsKeyLength(int bytes) {
        return switch (this) {
            case NULL -> bytes == 0;
            case AES_CBC -> isAesKey(bytes);
            case AES_CTR -> isAesKey(bytes - CTR_NONCE_LENGTH);
        };
    }

    static boolean isAesKey(int bytes) {
        return bytes == 16 || bytes == 24 || bytes == 32;
    }
}
