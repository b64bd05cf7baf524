package org.xfrmctl.netlink.xfrm;

import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;

/** Which option of a kernel's configuration, and which module, brings a transform or an algorithm. */
public final class KernelOptions {
    /**
     * A part of the kernel.
     *
     * @param config the option's name without {@code CONFIG_}
     * @param module what {@code modprobe} loads, where it is not built in
     */
    public record Option(String config, String module) {
        /** {@code CONFIG_INET_ESP (module esp4)} */
        @Override
        public String toString() {
            return "CONFIG_" + config + " (module " + module + ")";
        }
    }

    private static final Map<IpProtocol, Option> IPV4 = Map.of(
            IpProtocol.ESP, new Option("INET_ESP", "esp4"),
            IpProtocol.AH, new Option("INET_AH", "ah4"),
            IpProtocol.COMP, new Option("INET_IPCOMP", "ipcomp"));

    private static final Map<IpProtocol, Option> IPV6 = Map.of(
            IpProtocol.ESP, new Option("INET6_ESP", "esp6"),
            IpProtocol.AH, new Option("INET6_AH", "ah6"),
            IpProtocol.COMP, new Option("INET6_IPCOMP", "ipcomp6"),
            IpProtocol.ROUTING, new Option("IPV6_MIP6", "mip6"),
            IpProtocol.DSTOPTS, new Option("IPV6_MIP6", "mip6"));

    /** By the names under which {@code net/xfrm/xfrm_algo.c} knows them. */
    private static final Map<String, Option> ALGORITHMS = Map.ofEntries(
            Map.entry("rfc4106(gcm(aes))", new Option("CRYPTO_GCM", "gcm")),
            Map.entry("rfc4543(gcm(aes))", new Option("CRYPTO_GCM", "gcm")),
            Map.entry("rfc4309(ccm(aes))", new Option("CRYPTO_CCM", "ccm")),
            Map.entry("rfc7539esp(chacha20,poly1305)", new Option("CRYPTO_CHACHA20POLY1305", "chacha20poly1305")),
            Map.entry("cbc(aes)", new Option("CRYPTO_CBC", "cbc")),
            Map.entry("rfc3686(ctr(aes))", new Option("CRYPTO_CTR", "ctr")),
            Map.entry("cbc(des)", new Option("CRYPTO_DES", "des_generic")),
            Map.entry("cbc(des3_ede)", new Option("CRYPTO_DES", "des_generic")),
            Map.entry("cbc(camellia)", new Option("CRYPTO_CAMELLIA", "camellia_generic")),
            Map.entry("cbc(serpent)", new Option("CRYPTO_SERPENT", "serpent_generic")),
            Map.entry("cbc(twofish)", new Option("CRYPTO_TWOFISH", "twofish_generic")),
            Map.entry("cbc(blowfish)", new Option("CRYPTO_BLOWFISH", "blowfish_generic")),
            Map.entry("cbc(cast5)", new Option("CRYPTO_CAST5", "cast5_generic")),
            Map.entry("cbc(sm4)", new Option("CRYPTO_SM4_GENERIC", "sm4_generic")),
            Map.entry("ecb(cipher_null)", new Option("CRYPTO_NULL", "crypto_null")),
            Map.entry("digest_null", new Option("CRYPTO_NULL", "crypto_null")),
            Map.entry("hmac(md5)", new Option("CRYPTO_MD5", "md5")),
            Map.entry("hmac(sha1)", new Option("CRYPTO_SHA1", "sha1_generic")),
            Map.entry("hmac(sha256)", new Option("CRYPTO_SHA256", "sha256_generic")),
            Map.entry("hmac(sha384)", new Option("CRYPTO_SHA512", "sha512_generic")),
            Map.entry("hmac(sha512)", new Option("CRYPTO_SHA512", "sha512_generic")),
            Map.entry("hmac(rmd160)", new Option("CRYPTO_RMD160", "rmd160")),
            Map.entry("hmac(sm3)", new Option("CRYPTO_SM3_GENERIC", "sm3_generic")),
            Map.entry("xcbc(aes)", new Option("CRYPTO_XCBC", "xcbc")),
            Map.entry("cmac(aes)", new Option("CRYPTO_CMAC", "cmac")),
            Map.entry("deflate", new Option("CRYPTO_DEFLATE", "deflate")));

    /** By the short names that {@code net/xfrm/xfrm_algo.c} takes as well. */
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("aes", "cbc(aes)"),
            Map.entry("des", "cbc(des)"),
            Map.entry("des3_ede", "cbc(des3_ede)"),
            Map.entry("camellia", "cbc(camellia)"),
            Map.entry("serpent", "cbc(serpent)"),
            Map.entry("twofish", "cbc(twofish)"),
            Map.entry("blowfish", "cbc(blowfish)"),
            Map.entry("cast5", "cbc(cast5)"),
            Map.entry("sm4", "cbc(sm4)"),
            Map.entry("cipher_null", "ecb(cipher_null)"),
            Map.entry("md5", "hmac(md5)"),
            Map.entry("sha1", "hmac(sha1)"),
            Map.entry("sha256", "hmac(sha256)"),
            Map.entry("rmd160", "hmac(rmd160)"));

    private KernelOptions() {}

    /** What handles a protocol's states in a family; empty for protocols that XFRM has no transform for. */
    public static Optional<Option> ofTransform(IpProtocol protocol, Family family) {
        return Optional.ofNullable((family == Family.INET6 ? IPV6 : IPV4).get(protocol));
    }

    /** What brings an algorithm; empty for names that XFRM does not know. */
    public static Optional<Option> ofAlgorithm(String name) {
        return Optional.ofNullable(ALGORITHMS.get(SHORT.getOrDefault(name, name)));
    }
}
