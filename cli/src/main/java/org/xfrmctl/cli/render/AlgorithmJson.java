package org.xfrmctl.cli.render;

import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;

/** An algorithm of a state: {@code {"type", "name", "key_bits", "key", "icv_bits", "trunc_bits"}}. */
final class AlgorithmJson {
    private AlgorithmJson() {}

    /** The key itself, in hex, only with {@code showKeys}. */
    static Map<String, Object> of(Algorithm algorithm, boolean showKeys) {
        Key key = algorithm.key();
        return Json.join(
                Json.object(
                        "type", type(algorithm),
                        "name", algorithm.name(),
                        "key_bits", Json.unlessZero(key.bits()),
                        "key", showKeys && key.length() > 0 ? Optional.of("0x" + key.revealHex()) : Optional.empty()),
                length(algorithm));
    }

    /** The word with which {@code ip xfrm state} takes and prints it. */
    private static String type(Algorithm algorithm) {
        if (algorithm instanceof Algorithm.Aead) {
            return "aead";
        } else if (algorithm instanceof Algorithm.Encryption) {
            return "enc";
        } else if (algorithm instanceof Algorithm.Authentication auth) {
            return auth.truncationBits() == 0 ? "auth" : "auth-trunc";
        } else if (algorithm instanceof Algorithm.Compression) {
            return "comp";
        }
        throw new AssertionError(algorithm);
    }

    private static Map<String, Object> length(Algorithm algorithm) {
        if (algorithm instanceof Algorithm.Aead aead) {
            return Json.object("icv_bits", Json.unsigned(aead.icvBits()));
        } else if (algorithm instanceof Algorithm.Authentication auth) {
            return Json.object("trunc_bits", Json.unlessZero(auth.truncationBits()));
        }
        return Json.object();
    }
}
