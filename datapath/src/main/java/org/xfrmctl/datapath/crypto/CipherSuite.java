package org.xfrmctl.datapath.crypto;

import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.BAD_COMBINATION;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.BAD_KEY_LENGTH;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.UNKNOWN_ALGORITHM;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.CAST5Engine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.engines.SerpentEngine;
import org.bouncycastle.crypto.engines.TwofishEngine;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;

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
        int icv = aead.icvBits() / 8;
        return switch (algorithm) {
            case AES_GCM ->
                icv == ShortTagGcm.ICV
                        ? new ShortTagGcm(aead.key(), esn, ivs)
                        : new AeadCipher(algorithm, aead.key(), icv, esn, ivs);
            case CHACHA20_POLY1305 -> new AeadCipher(algorithm, aead.key(), icv, esn, ivs);
            case AES_CCM -> new CcmCipher(aead.key(), icv, esn, ivs);
            case AES_GMAC -> new GmacCipher(aead.key(), esn, ivs);
        };
    }

    private static TextCipher cipher(Algorithm.Encryption encryption, RandomGenerator random)
            throws GeneralSecurityException {
        CipherAlgorithm algorithm = CipherAlgorithm.of(encryption.name()).orElseThrow(() -> unknown(encryption.name()));
        requireKey(algorithm.acceptsKeyLength(encryption.key().length()), encryption);
        Key key = encryption.key();
        return switch (algorithm) {
            case NULL -> new TextCipher.None();
            case AES_CTR -> new AesCtr(key, IvGenerator.sequential(random));
            case AES_CBC -> new JdkCbc("AES", key, IvGenerator.unpredictable(random));
            case DES_CBC -> new JdkCbc("DES", key, IvGenerator.unpredictable(random));
            case DES3_CBC -> new JdkCbc("DESede", key, IvGenerator.unpredictable(random));
            case BLOWFISH_CBC -> new JdkCbc("Blowfish", key, IvGenerator.unpredictable(random));
            case CAST5_CBC -> engine(CAST5Engine::new, key.toArray(), random);
            case CAMELLIA_CBC -> engine(CamelliaEngine::new, key.toArray(), random);
            case TWOFISH_CBC -> engine(TwofishEngine::new, key.toArray(), random);
            case SERPENT_CBC -> engine(SerpentEngine::new, serpentKey(key.toArray()), random);
            case SM4_CBC -> engine(SM4Engine::new, key.toArray(), random);
        };
    }

    private static TextCipher engine(Supplier<BlockCipher> engines, byte[] key, RandomGenerator random)
            throws GeneralSecurityException {
        return new EngineCbc(engines, key, IvGenerator.unpredictable(random));
    }

    /** Serpent pads every key to 256 bits with a 1 and zeros; the engine does so for whole words only. */
    private static byte[] serpentKey(byte[] key) {
        byte[] padded = Arrays.copyOf(key, 32);
        if (key.length < padded.length) {
            padded[key.length] = 1;
        }
        return padded;
    }

    /** A hash that yields nothing is as good as none. */
    private static Optional<IntegrityValue> integrity(Optional<Algorithm.Authentication> stated, boolean esn) {
        return stated.map(authentication -> IntegrityValue.of(authentication, esn))
                .filter(value -> value.fullLength() > 0);
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
