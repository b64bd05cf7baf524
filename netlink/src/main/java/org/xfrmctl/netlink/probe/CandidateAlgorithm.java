package org.xfrmctl.netlink.probe;

import java.util.List;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.netlink.probe.Capabilities.Kind;

/**
 * An algorithm that {@code net/xfrm/xfrm_algo.c} has a name for.
 *
 * @param tried with a key of the right length
 */
record CandidateAlgorithm(Kind kind, String name, Algorithm tried) {
    /** Of each kind the likeliest first. */
    static final List<CandidateAlgorithm> ALL = List.of(
            aead("rfc4106(gcm(aes))", 20),
            aead("rfc4309(ccm(aes))", 19),
            aead("rfc4543(gcm(aes))", 20),
            aead("rfc7539esp(chacha20,poly1305)", 36),
            cipher("cbc(aes)", 16),
            cipher("rfc3686(ctr(aes))", 20),
            cipher("ecb(cipher_null)", 0),
            cipher("cbc(des3_ede)", 24),
            cipher("cbc(camellia)", 16),
            cipher("cbc(serpent)", 16),
            cipher("cbc(twofish)", 16),
            cipher("cbc(blowfish)", 16),
            cipher("cbc(cast5)", 16),
            cipher("cbc(sm4)", 16),
            integrity("hmac(sha256)", 32, 128),
            integrity("hmac(sha384)", 48, 192),
            integrity("hmac(sha512)", 64, 256),
            integrity("hmac(sha1)", 20, 96),
            integrity("hmac(md5)", 16, 96),
            integrity("hmac(rmd160)", 20, 96),
            integrity("hmac(sm3)", 32, 256),
            integrity("xcbc(aes)", 16, 96),
            integrity("cmac(aes)", 16, 96),
            new CandidateAlgorithm(Kind.COMPRESSION, "deflate", Algorithm.Compression.DEFLATE));

    static List<CandidateAlgorithm> of(Kind kind) {
        return ALL.stream().filter(candidate -> candidate.kind == kind).toList();
    }

    private static CandidateAlgorithm aead(String name, int keyBytes) {
        return new CandidateAlgorithm(Kind.AEAD, name, new Algorithm.Aead(name, key(keyBytes), 128));
    }

    private static CandidateAlgorithm cipher(String name, int keyBytes) {
        return new CandidateAlgorithm(Kind.ENCRYPTION, name, new Algorithm.Encryption(name, key(keyBytes)));
    }

    private static CandidateAlgorithm integrity(String name, int keyBytes, int bits) {
        return new CandidateAlgorithm(
                Kind.AUTHENTICATION, name, new Algorithm.Authentication(name, key(keyBytes), bits));
    }

    /** No secret, and not all the same bytes: 3DES refuses a key whose parts are equal. */
    private static Key key(int length) {
        byte[] material = new byte[length];
        for (int i = 0; i < length; i++) {
            material[i] = (byte) (i + 1);
        }
        return Key.of(material);
    }
}
