package org.xfrmctl.datapath.kernel;

import static org.xfrmctl.datapath.kernel.RequestRefusedException.invalid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.crypto.AeadAlgorithm;
import org.xfrmctl.datapath.crypto.CipherAlgorithm;
import org.xfrmctl.datapath.crypto.IntegrityAlgorithm;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Algorithm.Aead;
import org.xfrmctl.model.Algorithm.Authentication;
import org.xfrmctl.model.Algorithm.Compression;
import org.xfrmctl.model.Algorithm.Encryption;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Whether algorithms exist and fit their keys, and under which name they are kept. */
final class AlgorithmChecks {
    private static final String UNABLE = "Kernel was unable to initialize cryptographic operations";
    private static final int SHORTEST_WITH_ESN = 4;

    private AlgorithmChecks() {}

    /**
     * The algorithms as a dump shows them ({@code attach_aead()} and its siblings). A key of the compressor is accepted
     * and forgotten.
     */
    static List<Algorithm> canonical(List<Algorithm> stated, Attributes attributes) {
        List<Algorithm> found = new ArrayList<>();
        only(Aead.class, stated).map(AlgorithmChecks::aead).ifPresent(found::add);
        only(Authentication.class, stated)
                .map(auth -> authentication(auth, attributes.has(Xfrma.ALG_AUTH_TRUNC)))
                .ifPresent(found::add);
        only(Encryption.class, stated).map(AlgorithmChecks::encryption).ifPresent(found::add);
        only(Compression.class, stated).map(AlgorithmChecks::compression).ifPresent(found::add);
        return found;
    }

    private static Algorithm aead(Aead aead) {
        if (AeadAlgorithm.of(aead.name(), aead.icvBits()).isEmpty()) {
            throw notFound("AEAD");
        }
        return aead;
    }

    private static Algorithm authentication(Authentication stated, boolean withLength) {
        IntegrityAlgorithm algorithm =
                IntegrityAlgorithm.of(stated.name()).orElseThrow(() -> notFound(withLength ? "AUTH_TRUNC" : "AUTH"));
        if (Integer.compareUnsigned(stated.truncationBits(), algorithm.fullBits()) > 0) {
            throw invalid("Invalid length requested for truncated ICV");
        }
        int bits = stated.truncationBits() == 0 ? algorithm.defaultBits() : stated.truncationBits();
        return new Authentication(algorithm.kernelName(), stated.key(), bits);
    }

    private static Algorithm encryption(Encryption stated) {
        CipherAlgorithm algorithm = CipherAlgorithm.of(stated.name()).orElseThrow(() -> notFound("CRYPT"));
        return new Encryption(algorithm.kernelName(), stated.key());
    }

    private static Algorithm compression(Compression stated) {
        if (!stated.name().equals(Compression.DEFLATE.name())) {
            throw notFound("COMP");
        }
        return Compression.DEFLATE;
    }

    /**
     * Whether ESP can be keyed ({@code esp_init_state()}); only the lengths of combined modes' keys and of
     * integrity values are refused in words.
     */
    static void checkEspKeys(List<Algorithm> algorithms, boolean esn) {
        Optional<Aead> aead = only(Aead.class, algorithms);
        Optional<Encryption> encryption = only(Encryption.class, algorithms);
        if (aead.isPresent()) {
            AeadAlgorithm algorithm =
                    AeadAlgorithm.of(aead.get().name(), aead.get().icvBits()).orElseThrow();
            if (!algorithm.acceptsKeyLength(aead.get().key().length())) {
                throw invalid(UNABLE);
            }
        } else if (encryption.isPresent()) {
            CipherAlgorithm algorithm =
                    CipherAlgorithm.of(encryption.get().name()).orElseThrow();
            only(Authentication.class, algorithms).ifPresent(auth -> checkEspHash(auth, esn));
            requireWordlessly(algorithm.acceptsKeyLength(encryption.get().key().length()));
        } else {
            throw invalid("ESP: AEAD or CRYPT must be provided");
        }
    }

    /** ESP takes no empty value of a hash that has one, and below 4 bytes none with extended numbers (authencesn). */
    private static void checkEspHash(Authentication auth, boolean esn) {
        IntegrityAlgorithm algorithm = IntegrityAlgorithm.of(auth.name()).orElseThrow();
        int bytes = auth.truncationBits() / 8;
        if (bytes == 0 ? algorithm.fullBits() > 0 : esn && bytes < SHORTEST_WITH_ESN) {
            throw invalid(UNABLE);
        }
        requireWordlessly(algorithm.acceptsKeyLength(auth.key().length()));
    }

    private static void requireWordlessly(boolean fits) {
        if (!fits) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
    }

    /** Whether AH can be keyed ({@code ah_init_state()}); any truncation will do. */
    static void checkAhKey(List<Algorithm> algorithms) {
        Authentication auth = only(Authentication.class, algorithms).orElseThrow();
        IntegrityAlgorithm algorithm = IntegrityAlgorithm.of(auth.name()).orElseThrow();
        if (!algorithm.acceptsKeyLength(auth.key().length())) {
            throw invalid(UNABLE);
        }
    }

    private static RequestRefusedException notFound(String kind) {
        return RequestRefusedException.of(Errno.ENOSYS, "Requested " + kind + " algorithm not found");
    }

    private static <A extends Algorithm> Optional<A> only(Class<A> kind, List<Algorithm> algorithms) {
        return algorithms.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
