package org.xfrmctl.it.algorithm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Algorithm.Aead;
import org.xfrmctl.model.Algorithm.Authentication;
import org.xfrmctl.model.Algorithm.Encryption;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.XfrmState;

/** Every name with every length that might matter, right ones and wrong ones. */
final class AlgorithmRows {
    /** A state to ask for; {@code name} tells it from all others. */
    record Row(String name, XfrmState state) {}

    private static final List<String> COMBINED = List.of(
            "rfc4106(gcm(aes))",
            "rfc4309(ccm(aes))",
            "rfc4543(gcm(aes))",
            "rfc7539esp(chacha20,poly1305)",
            "rfc7539(chacha20,poly1305)",
            "gcm(aes)",
            "ccm(aes)",
            "aes");
    private static final List<String> CIPHERS = List.of(
            "ecb(cipher_null)",
            "cipher_null",
            "cbc(des)",
            "des",
            "cbc(des3_ede)",
            "des3_ede",
            "cbc(cast5)",
            "cast5",
            "cast128",
            "cbc(blowfish)",
            "blowfish",
            "cbc(aes)",
            "aes",
            "cbc(serpent)",
            "serpent",
            "cbc(camellia)",
            "camellia",
            "cbc(twofish)",
            "twofish",
            "rfc3686(ctr(aes))",
            "ctr(aes)",
            "rfc3686(ctr(camellia))",
            "cbc(cast6)",
            "ecb(aes)",
            "CBC(AES)");
    private static final List<String> HASHES = List.of(
            "digest_null",
            "hmac(md5)",
            "md5",
            "hmac(sha1)",
            "sha1",
            "hmac(sha256)",
            "sha256",
            "hmac(sha384)",
            "sha384",
            "hmac(sha512)",
            "sha512",
            "hmac(rmd160)",
            "rmd160",
            "ripemd160",
            "xcbc(aes)",
            "cmac(aes)",
            "rfc4494",
            "hmac(sha224)",
            "hmac(md4)");
    /**
     * Algorithms that a kernel may be built without. It then starts a program for each request, in vain: so these are
     * asked for a few times only.
     */
    private static final List<String> RARE_HASHES = List.of("hmac(sm3)", "sm3");

    private static final List<String> RARE_CIPHERS = List.of("cbc(sm4)", "sm4");
    private static final int[] ICVS = {0, 32, 64, 95, 96, 104, 112, 120, 128, 136, 256};
    private static final int[] TRUNCATIONS = {
        0, 1, 7, 8, 9, 24, 31, 32, 64, 96, 100, 128, 129, 160, 161, 256, 384, 512, 513
    };
    private static final int[] HASH_KEYS = {0, 1, 15, 16, 20, 24, 32, 64, 129};

    private final List<Row> rows = new ArrayList<>();

    private AlgorithmRows() {}

    static List<Row> all() {
        AlgorithmRows table = new AlgorithmRows();
        table.combinedModes();
        table.ciphers();
        table.hashes();
        table.rareOnes();
        table.modes();
        return table.rows;
    }

    private void combinedModes() {
        for (String name : COMBINED) {
            for (int icv : ICVS) {
                boolean usual = icv == 64 || icv == 96 || icv == 128;
                IntStream.rangeClosed(0, 41)
                        .filter(bytes -> usual ? bytes < 2 || bytes > 14 : bytes == 20)
                        .forEach(bytes -> esp(
                                "esp " + name + " icv " + icv + " key " + bytes,
                                false,
                                new Aead(name, key(bytes), icv)));
            }
        }
    }

    private void ciphers() {
        for (String name : CIPHERS) {
            for (int bytes = 0; bytes < 60; bytes++) {
                esp("esp " + name + " key " + bytes, false, new Encryption(name, key(bytes)));
            }
        }
        // All parts equal: a weak key, by FIPS 140.
        esp("esp cbc(des3_ede) weak", false, new Encryption("cbc(des3_ede)", Key.of(new byte[24])));
        esp("esp cbc(des) weak", false, new Encryption("cbc(des)", Key.of(new byte[8])));
    }

    private void hashes() {
        for (String name : HASHES) {
            for (int bits : TRUNCATIONS) {
                hash(name, bits, 16);
            }
            for (int bytes : HASH_KEYS) {
                hash(name, 96, bytes);
                hash(name, 0, bytes);
            }
            esp("esp only " + name, false, new Authentication(name, key(16), 96));
            esp(
                    "esp null " + name,
                    false,
                    new Authentication(name, key(16), 96),
                    new Encryption("cipher_null", key(0)));
            esp("esp bad " + name, false, new Authentication(name, key(16), 96), new Encryption("cbc(aes)", key(15)));
        }
    }

    /** The same of ESP, with extended numbers too, and of AH for both families. */
    private void hash(String name, int bits, int bytes) {
        Authentication hash = new Authentication(name, key(bytes), bits);
        String text = name + " trunc " + bits + " key " + bytes;
        esp("esp " + text, false, hash, new Encryption("cbc(aes)", key(16)));
        esp("esp esn " + text, true, hash, new Encryption("cbc(aes)", key(16)));
        ah("ah " + text, Family.INET, hash);
        ah("ah6 " + text, Family.INET6, hash);
    }

    private void rareOnes() {
        for (String name : RARE_HASHES) {
            hash(name, 0, 32);
            hash(name, 257, 32);
        }
        for (String name : RARE_CIPHERS) {
            esp("esp " + name + " key 16", false, new Encryption(name, key(16)));
            esp("esp " + name + " key 17", false, new Encryption(name, key(17)));
        }
    }

    private void modes() {
        for (int mode = 0; mode < 6; mode++) {
            for (Family family : List.of(Family.INET, Family.INET6)) {
                for (Family inner : Family.values()) {
                    for (IpProtocol protocol : List.of(IpProtocol.ESP, IpProtocol.AH, IpProtocol.COMP)) {
                        XfrmState.Builder state = state(protocol, family)
                                .mode(new Mode(mode))
                                .flags(
                                        inner == Family.UNSPEC
                                                ? StateFlags.NONE.with(StateFlag.AF_UNSPEC)
                                                : StateFlags.NONE)
                                .selector(Selector.any(inner))
                                .algorithms(List.of(algorithm(protocol)));
                        add(protocol + " mode " + mode + " " + family + " for " + inner, state);
                    }
                }
            }
        }
    }

    private static Algorithm algorithm(IpProtocol protocol) {
        if (protocol.equals(IpProtocol.COMP)) {
            return Algorithm.Compression.DEFLATE;
        }
        return protocol.equals(IpProtocol.AH)
                ? new Authentication("hmac(sha256)", key(32), 128)
                : new Aead("rfc4106(gcm(aes))", key(20), 128);
    }

    private void esp(String name, boolean esn, Algorithm... algorithms) {
        XfrmState.Builder state = state(IpProtocol.ESP, Family.INET).algorithms(Arrays.asList(algorithms));
        if (esn) {
            state.flags(StateFlags.NONE.with(StateFlag.ESN)).replay(new ReplayState.Extended(32, 0, 0, List.of(0)));
        }
        add(name, state);
    }

    private void ah(String name, Family family, Algorithm algorithm) {
        add(name, state(IpProtocol.AH, family).algorithms(List.of(algorithm)));
    }

    /** With an SPI of its own, by which it is found again. */
    private XfrmState.Builder state(IpProtocol protocol, Family family) {
        boolean v4 = family == Family.INET;
        IpAddress destination = IpAddress.parse(v4 ? "192.0.2.2" : "2001:db8::2");
        SaId id = new SaId(destination, new Spi(0x1000 + rows.size()), protocol);
        return XfrmState.builder(id, IpAddress.parse(v4 ? "192.0.2.1" : "2001:db8::1"))
                .mode(Mode.TUNNEL);
    }

    private void add(String name, XfrmState.Builder state) {
        rows.add(new Row(name, state.build()));
    }

    private static Key key(int bytes) {
        byte[] material = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            material[i] = (byte) (i * 7 + 1);
        }
        return Key.of(material);
    }
}
