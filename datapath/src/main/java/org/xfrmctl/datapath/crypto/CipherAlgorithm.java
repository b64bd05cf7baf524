package org.xfrmctl.datapath.crypto;

import java.util.Optional;

/** Ciphers without integrity by their kernel names and aliases (net/xfrm/xfrm_algo.c, ealg_list). */
public enum CipherAlgorithm {
    NULL("ecb(cipher_null)", "cipher_null"),
    DES_CBC("cbc(des)", "des"),
    /** Keys of two or three equal parts are taken: the kernel forbids them in FIPS mode only. */
    DES3_CBC("cbc(des3_ede)", "des3_ede"),
    CAST5_CBC("cbc(cast5)", "cast5"),
    BLOWFISH_CBC("cbc(blowfish)", "blowfish"),
    AES_CBC("cbc(aes)", "aes"),
    SERPENT_CBC("cbc(serpent)", "serpent"),
    CAMELLIA_CBC("cbc(camellia)", "camellia"),
    TWOFISH_CBC("cbc(twofish)", "twofish"),
    /** The key ends with a nonce of 4 bytes (RFC 3686, section 5.1). */
    AES_CTR("rfc3686(ctr(aes))", "rfc3686(ctr(aes))"),
    SM4_CBC("cbc(sm4)", "sm4");

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

    /** Whether a key of this many bytes can be used: the limits of the modules below crypto/, not those of RFCs. */
    public boolean acceptsKeyLength(int bytes) {
        return switch (this) {
            case NULL -> bytes == 0;
            case DES_CBC -> bytes == 8;
            case DES3_CBC -> bytes == 24;
            case CAST5_CBC -> bytes >= 5 && bytes <= 16;
            case BLOWFISH_CBC -> bytes >= 4 && bytes <= 56;
            case SERPENT_CBC -> bytes <= 32;
            case AES_CBC, CAMELLIA_CBC, TWOFISH_CBC -> isAesKey(bytes);
            case AES_CTR -> isAesKey(bytes - CTR_NONCE_LENGTH);
            case SM4_CBC -> bytes == 16;
        };
    }

    static boolean isAesKey(int bytes) {
        return bytes == 16 || bytes == 24 || bytes == 32;
    }
}
