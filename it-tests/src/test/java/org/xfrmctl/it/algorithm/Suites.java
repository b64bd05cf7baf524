package org.xfrmctl.it.algorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Algorithm.Aead;
import org.xfrmctl.model.Algorithm.Authentication;
import org.xfrmctl.model.Algorithm.Encryption;
import org.xfrmctl.model.Key;

/** Every algorithm that both kernels have, with the shortest, the longest or an odd key where it has several. */
public final class Suites {
    private Suites() {}

    public static List<Algorithm> gcm() {
        return gcm(128);
    }

    private static List<Algorithm> gcm(int icv) {
        return List.of(new Aead("rfc4106(gcm(aes))", key(20), icv));
    }

    public static List<Algorithm> sha256() {
        return List.of(new Authentication("hmac(sha256)", key(32), 128));
    }

    public static List<Algorithm> cbcWithSha256() {
        return List.of(new Encryption("cbc(aes)", key(16)), new Authentication("hmac(sha256)", key(32), 128));
    }

    /** What ESP may have: ciphers that authenticate, ciphers with a hash beside them, hashes beside a cipher. */
    public static List<List<Algorithm>> esp() {
        List<List<Algorithm>> suites = new ArrayList<>();
        for (int icv : new int[] {128, 96, 64}) {
            suites.add(gcm(icv));
            suites.add(List.of(new Aead("rfc4309(ccm(aes))", key(19), icv)));
        }
        suites.add(List.of(new Aead("rfc4309(ccm(aes))", key(35), 128)));
        suites.add(List.of(new Aead("rfc4543(gcm(aes))", key(36), 128)));
        suites.add(List.of(new Aead("rfc7539esp(chacha20,poly1305)", key(36), 128)));
        Authentication sha1 = new Authentication("hmac(sha1)", key(20), 96);
        for (Encryption cipher : List.of(
                new Encryption("ecb(cipher_null)", key(0)),
                new Encryption("cbc(des)", key(8)),
                new Encryption("cbc(des3_ede)", key(24)),
                new Encryption("cbc(cast5)", key(5)),
                new Encryption("cbc(cast5)", key(16)),
                new Encryption("cbc(blowfish)", key(4)),
                new Encryption("cbc(blowfish)", key(56)),
                new Encryption("cbc(aes)", key(24)),
                new Encryption("cbc(serpent)", key(17)),
                new Encryption("cbc(serpent)", key(32)),
                new Encryption("cbc(camellia)", key(16)),
                new Encryption("cbc(camellia)", key(32)),
                new Encryption("cbc(twofish)", key(24)),
                new Encryption("rfc3686(ctr(aes))", key(36)))) {
            suites.add(List.of(cipher, sha1));
        }
        hashes().forEach(hash -> suites.add(List.of(new Encryption("cbc(aes)", key(16)), hash)));
        return suites;
    }

    /** What AH may have. */
    public static List<Authentication> hashes() {
        return List.of(
                new Authentication("digest_null", key(0), 0),
                new Authentication("hmac(md5)", key(16), 96),
                new Authentication("hmac(sha1)", key(20), 96),
                new Authentication("hmac(sha256)", key(32), 128),
                new Authentication("hmac(sha384)", key(48), 192),
                new Authentication("hmac(sha512)", key(64), 256),
                new Authentication("hmac(rmd160)", key(20), 96),
                new Authentication("xcbc(aes)", key(16), 96),
                new Authentication("xcbc(aes)", key(32), 96),
                new Authentication("cmac(aes)", key(16), 96),
                new Authentication("cmac(aes)", key(24), 128),
                new Authentication("hmac(sha256)", key(0), 100));
    }

    /** Random keys would be as good, but here a failure repeats. */
    private static Key key(int bytes) {
        byte[] material = new byte[bytes];
        new Random(bytes).nextBytes(material);
        return Key.of(material);
    }
}
