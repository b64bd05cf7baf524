package org.xfrmctl.model.mtu;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.XfrmState;

/**
 * What the sizes of a state's packets depend on beside its mode.
 *
 * @param iv bytes of the initialization vector
 * @param block what ESP's payload, padding and trailer together are a multiple of; 1 for other protocols
 * @param icv bytes of the integrity check value
 */
public record TransformSizes(int iv, int block, int icv) {
    /** Of what neither encrypts nor authenticates. */
    public static final TransformSizes NONE = new TransformSizes(0, 1, 0);

    /** Even what is encrypted byte by byte fills whole words (RFC 4303, section 2.4). */
    private static final int WORD = 4;

    private static final int COUNTER_IV = 8;

    /** Of block ciphers in CBC mode, whose initialization vector is a block. Every other cipher works byte by byte. */
    private static final Map<String, Integer> BLOCKS = Map.of(
            "cbc(aes)", 16,
            "cbc(camellia)", 16,
            "cbc(serpent)", 16,
            "cbc(twofish)", 16,
            "cbc(sm4)", 16,
            "cbc(des)", 8,
            "cbc(des3_ede)", 8,
            "cbc(cast5)", 8,
            "cbc(blowfish)", 8);

    /** What the kernel cuts hashes to if the state does not say (net/xfrm/xfrm_algo.c). */
    private static final Map<String, Integer> DEFAULT_BITS = Map.of(
            "digest_null", 0,
            "hmac(md5)", 96,
            "hmac(sha1)", 96,
            "hmac(sha256)", 96,
            "hmac(sha384)", 192,
            "hmac(sha512)", 256,
            "hmac(rmd160)", 96,
            "xcbc(aes)", 96,
            "cmac(aes)", 96,
            "hmac(sm3)", 256);

    /**
     * Those of a state, by the names that its algorithms have in the kernel.
     *
     * @throws IllegalArgumentException if nothing is known of an algorithm of that name
     */
    public static TransformSizes of(XfrmState state) {
        List<Algorithm> algorithms = state.algorithms();
        return switch (state.id().protocol().number()) {
            case Overhead.ESP -> esp(state, algorithms);
            case Overhead.AH -> new TransformSizes(0, 1, icv(state.algorithm(Algorithm.Authentication.class)));
            default -> NONE;
        };
    }

    private static TransformSizes esp(XfrmState state, List<Algorithm> algorithms) {
        for (Algorithm algorithm : algorithms) {
            if (algorithm instanceof Algorithm.Aead aead) {
                return new TransformSizes(COUNTER_IV, WORD, aead.icvBits() / 8);
            }
        }
        String cipher =
                state.algorithm(Algorithm.Encryption.class).map(Algorithm::name).orElse("ecb(cipher_null)");
        int icv = icv(state.algorithm(Algorithm.Authentication.class));
        Integer block = BLOCKS.get(cipher);
        if (block != null) {
            return new TransformSizes(block, block, icv);
        }
        return switch (cipher) {
            case "ecb(cipher_null)" -> new TransformSizes(0, WORD, icv);
            case "rfc3686(ctr(aes))" -> new TransformSizes(COUNTER_IV, WORD, icv);
            default -> throw unknown(cipher);
        };
    }

    private static int icv(Optional<Algorithm.Authentication> hash) {
        return hash.map(TransformSizes::bits).orElse(0) / 8;
    }

    private static int bits(Algorithm.Authentication hash) {
        if (hash.truncationBits() != 0) {
            return hash.truncationBits();
        }
        Integer bits = DEFAULT_BITS.get(hash.name());
        if (bits == null) {
            throw unknown(hash.name());
        }
        return bits;
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("the sizes of \"" + name + "\" are not known, so nothing can be computed");
    }
}
