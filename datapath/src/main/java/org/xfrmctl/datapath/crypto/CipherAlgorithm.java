package org.xfrmctl.datapath.crypto;

import java.util.Optional;
import java.util.Set;

/** Ciphers without integrity by their kernel names and aliases (net/xfrm/xfrm_algo.c, ealg_list). */
public enum CipherAlgorithm {
    NULL("ecb(cipher_null)", "cipher_null", Set.of(0)),
    AES_CBC("cbc(aes)", "aes", Set.of(16, 24, 32)),
    /** The key ends with a nonce of 4 bytes (RFC 3686, section 5.1). */
    AES_CTR("rfc3686(ctr(aes))", "rfc3686(ctr(aes))", Set.of(20, 28, 36));

    private final String kernelName;
    private final String alias;
    private final Set<Integer> keyLengths;

    CipherAlgorithm(String kernelName, String alias, Set<Integer> keyLengths) {
        this.kernelName = kernelName;
        this.alias = alias;
        this.keyLengths = keyLengths;
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
        return keyLengths.contains(bytes);
    }
}
