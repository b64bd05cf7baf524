package org.xfrmctl.datapath.crypto;

import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.BAD_COMBINATION;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.BAD_ICV_LENGTH;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.BAD_KEY_LENGTH;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.UNKNOWN_ALGORITHM;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xfrmctl.model.Algorithm;

/** Makes the cipher of an ESP state from its algorithms, or says why there is none. */
public final class CipherSuite {
    private CipherSuite() {}

    /**
     * Keys a cipher.
     *
     * @param random where the state's IV salt comes from; a {@link java.security.SecureRandom} outside of tests
     * @throws UnsupportedAlgorithmException as the kernel would refuse the state
     */
    public static PacketCipher of(List<Algorithm> algorithms, boolean esn, RandomGenerator random) {
        Optional<Algorithm.Aead> aead = only(Algorithm.Aead.class, algorithms);
        Optional<Algorithm.Encryption> encryption = only(Algorithm.Encryption.class, algorithms);
        Optional<Algorithm.Authentication> authentication = only(Algorithm.Authentication.class, algorithms);
        try {
            if (aead.isPresent() && encryption.isEmpty() && authentication.isEmpty()) {
                return combined(aead.get(), esn, random);
            }
            if (aead.isEmpty() && encryption.isPresent()) {
                // Looked up in the kernel's order, so that the first to fail is the same.
                Optional<IntegrityValue> integrity = integrity(authentication, esn);
                return new SeparateCipher(cipher(encryption.get(), random), integrity);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks an algorithm", e);
        }
        throw new UnsupportedAlgorithmException(BAD_COMBINATION, "ESP needs either a combined mode or a cipher");
    }

    private static PacketCipher combined(Algorithm.Aead aead, boolean esn, RandomGenerator random)
            throws GeneralSecurityException {
        AeadAlgorithm algorithm = AeadAlgorithm.of(aead.name(), aead.icvBits()).orElseThrow(() -> unknown(aead.name()));
        requireKey(algorithm.acceptsKeyLength(aead.key().length()), aead);
        IvGenerator ivs = IvGenerator.sequential(random);
        if (aead.icvBits() == 64) {
            return new ShortTagGcm(aead.key(), esn, ivs);
        }
        return new AeadCipher(algorithm, aead.key(), aead.icvBits() / 8, esn, ivs);
    }

    private static TextCipher cipher(Algorithm.Encryption encryption, RandomGenerator random)
            throws GeneralSecurityException {
        CipherAlgorithm algorithm = CipherAlgorithm.of(encryption.name()).orElseThrow(() -> unknown(encryption.name()));
        requireKey(algorithm.acceptsKeyLength(encryption.key().length()), encryption);
        return switch (algorithm) {
            case NULL -> new TextCipher.None();
            case AES_CBC -> new AesCbc(encryption.key(), IvGenerator.unpredictable(random));
            case AES_CTR -> new AesCtr(encryption.key(), IvGenerator.sequential(random));
        };
    }

    private static Optional<IntegrityValue> integrity(Optional<Algorithm.Authentication> stated, boolean esn)
            throws GeneralSecurityException {
        if (stated.isEmpty()) {
            return Optional.empty();
        }
        Algorithm.Authentication authentication = stated.get();
        IntegrityAlgorithm algorithm =
                IntegrityAlgorithm.of(authentication.name()).orElseThrow(() -> unknown(authentication.name()));
        int bits = authentication.truncationBits() == 0 ? algorithm.defaultBits() : authentication.truncationBits();
        if (bits < 0 || bits > algorithm.fullBits() || bits % 8 != 0) {
            String message = authentication.name() + " cannot be truncated to " + bits + " bits";
            throw new UnsupportedAlgorithmException(BAD_ICV_LENGTH, message);
        }
        return algorithm == IntegrityAlgorithm.NONE
                ? Optional.empty()
                : Optional.of(new IntegrityValue(algorithm, authentication.key(), bits / 8, esn));
    }

    private static <T extends Algorithm> Optional<T> only(Class<T> kind, List<Algorithm> algorithms) {
        List<T> found =
                algorithms.stream().filter(kind::isInstance).map(kind::cast).toList();
        if (found.size() > 1) {
            String name = found.get(1).name();
            throw new UnsupportedAlgorithmException(BAD_COMBINATION, name + " is one algorithm too many");
        }
        return found.stream().findFirst();
    }

    private static void requireKey(boolean accepted, Algorithm algorithm) {
        if (!accepted) {
            String name = algorithm.name();
            throw new UnsupportedAlgorithmException(BAD_KEY_LENGTH, name + " takes no key of this length");
        }
    }

    private static UnsupportedAlgorithmException unknown(String name) {
        return new UnsupportedAlgorithmException(UNKNOWN_ALGORITHM, "no algorithm is called " + name);
    }
}
