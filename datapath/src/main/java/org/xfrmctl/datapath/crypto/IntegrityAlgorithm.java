package org.xfrmctl.datapath.crypto;

import java.util.Optional;

/** Keyed hashes by their kernel names and aliases (net/xfrm/xfrm_algo.c, aalg_list). */
public enum IntegrityAlgorithm {
    NONE("digest_null", "digest_null", 0, 0),
    MD5("hmac(md5)", "md5", 128, 96),
    SHA1("hmac(sha1)", "sha1", 160, 96),
    /** The kernel truncates to 96 bits where RFC 4868 wants 128: {@code auth-trunc ... 128} has to ask for it. */
    SHA256("hmac(sha256)", "sha256", 256, 96),
    SHA384("hmac(sha384)", "hmac(sha384)", 384, 192),
    SHA512("hmac(sha512)", "hmac(sha512)", 512, 256),
    RMD160("hmac(rmd160)", "rmd160", 160, 96),
    /** RFC 3566. */
    AES_XCBC("xcbc(aes)", "xcbc(aes)", 128, 96),
    /** RFC 4494. */
    AES_CMAC("cmac(aes)", "cmac(aes)", 128, 96),
    SM3("hmac(sm3)", "sm3", 256, 256);

    private final String kernelName;
    private final String alias;
    private final int fullBits;
    private final int defaultBits;

    IntegrityAlgorithm(String kernelName, String alias, int fullBits, int defaultBits) {
        this.kernelName = kernelName;
        this.alias = alias;
        this.fullBits = fullBits;
        this.defaultBits = defaultBits;
    }

    /** Finds by canonical name or alias. */
    public static Optional<IntegrityAlgorithm> of(String name) {
        for (IntegrityAlgorithm algorithm : values()) {
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

    /** The untruncated length. */
    public int fullBits() {
        return fullBits;
    }

    /** The length on the wire if none is stated. */
    public int defaultBits() {
        return defaultBits;
    }

    /** Whether a key of this many bytes can be used; HMAC takes any (RFC 2104, section 3). */
    public boolean acceptsKeyLength(int bytes) {
        return switch (this) {
            case AES_XCBC, AES_CMAC -> CipherAlgorithm.isAesKey(bytes);
            default -> true;
        };
    }
}
