package org.xfrmctl.model.definition;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ESP suites that {@code esp_proposals} may name, with the kernel's algorithm names and key lengths: AES-GCM (RFC
 * 4106; the number behind {@code gcm} is the ICV in bytes), AES-CBC (RFC 3602) and NULL (RFC 2410) with HMAC-SHA1 (RFC
 * 2404) or HMAC-SHA2 (RFC 4868; {@code sha256} is cut to 128 bits). RFC 8221 prefers AES-GCM and discourages SHA-1.
 */
public final class EspProposals {
    private static final Map<String, EspProposal> TABLE = table();

    /** Used where a child names none; the first AEAD of strongSwan's default proposal too. */
    public static final EspProposal DEFAULT = required("aes128gcm16");

    private EspProposals() {}

    private record Hash(String suffix, String kernelName, int keyBytes, int icvBits) {}

    private static Map<String, EspProposal> table() {
        Map<String, EspProposal> table = new LinkedHashMap<>();
        for (int bits : new int[] {128, 192, 256}) {
            for (int icv : new int[] {8, 12, 16}) {
                // RFC 4106, section 8.1: four bytes of salt follow the AES key.
                add(table, "aes" + bits + "gcm" + icv, "rfc4106(gcm(aes))", bits / 8 + 4, icv * 8, Optional.empty());
            }
        }
        List<Hash> hashes = List.of(
                new Hash("sha1", "hmac(sha1)", 20, 96),
                new Hash("sha256", "hmac(sha256)", 32, 128),
                new Hash("sha384", "hmac(sha384)", 48, 192),
                new Hash("sha512", "hmac(sha512)", 64, 256));
        for (Hash hash : hashes) {
            for (int bits : new int[] {128, 192, 256}) {
                add(table, "aes" + bits + "-" + hash.suffix, "cbc(aes)", bits / 8, hash.icvBits, Optional.of(hash));
            }
            add(table, "null-" + hash.suffix, "ecb(cipher_null)", 0, hash.icvBits, Optional.of(hash));
        }
        return Collections.unmodifiableMap(table);
    }

    private static void add(
            Map<String, EspProposal> table,
            String name,
            String cipher,
            int keyBytes,
            int icvBits,
            Optional<Hash> hash) {
        table.put(
                name,
                new EspProposal(
                        name,
                        cipher,
                        keyBytes,
                        icvBits,
                        hash.map(Hash::kernelName),
                        hash.map(Hash::keyBytes).orElse(0)));
    }

    private static EspProposal required(String name) {
        return named(name).orElseThrow();
    }

    /** Finds a suite by its swanctl name. */
    public static Optional<EspProposal> named(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    public static List<String> names() {
        return List.copyOf(TABLE.keySet());
    }

    /** How the secret of a suite is made up, for example {@code 20 bytes: 16 of key and 4 of salt}. */
    public static String keyLayout(EspProposal suite) {
        String parts = suite.integrity().isEmpty()
                ? suite.cipherKeyBytes() - 4 + " of key and 4 of salt"
                : suite.cipherKeyBytes() == 0
                        ? suite.integrityKeyBytes() + " of integrity key"
                        : suite.cipherKeyBytes() + " of encryption key and " + suite.integrityKeyBytes()
                                + " of integrity key";
        return suite.keyBytes() + " bytes: " + parts;
    }

    static EspProposal read(Node node) {
        Node single = Scalars.single(node, "a static SA has one suite, nothing is negotiated");
        String allowed =
                "allowed are aes{128,192,256}gcm{8,12,16}, aes{128,192,256}-sha{1,256,384,512}, null-sha{1,256,384,512}";
        String text = Scalars.text(single, allowed);
        return named(text)
                .orElseThrow(() -> Scalars.refuse(
                        single,
                        Names.nearest(text, names())
                                .map(name -> "did you mean \"" + name + "\"? " + allowed)
                                .orElse(allowed + " (no key exchange, no esn)")));
    }
}
