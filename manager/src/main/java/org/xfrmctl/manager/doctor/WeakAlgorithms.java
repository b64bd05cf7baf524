package org.xfrmctl.manager.doctor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;

/** Algorithms that RFC 8221 says not to use, and ciphers without integrity. */
final class WeakAlgorithms implements Rule {
    private static final String RFC = "RFC 8221, sections 5 and 6";

    private record Verdict(Severity severity, String why) {}

    /** By the part of the kernel's name that tells them. */
    private static final Map<String, Verdict> WEAK = Map.of(
            "des3_ede", new Verdict(Severity.WARNING, "3DES: blocks of 64 bits, SHOULD NOT be used"),
            "(des)", new Verdict(Severity.ERROR, "DES: 56 bits of key, MUST NOT be used"),
            "blowfish", new Verdict(Severity.WARNING, "Blowfish: blocks of 64 bits"),
            "cast5", new Verdict(Severity.WARNING, "CAST: blocks of 64 bits"),
            "md5", new Verdict(Severity.ERROR, "MD5: MUST NOT be used"),
            "digest_null",
                    new Verdict(Severity.ERROR, "no integrity at all: MUST NOT be used with a cipher that has none"),
            "rmd160", new Verdict(Severity.NOTE, "RIPEMD-160: not among those to be used"),
            "sha1", new Verdict(Severity.NOTE, "SHA-1: on its way out (MUST-); nothing known breaks it as an HMAC"));

    @Override
    public List<Finding> look(Facts facts) {
        return facts.states().stream()
                .flatMap(state -> Stream.concat(
                        state.algorithms().stream().flatMap(algorithm -> weak(state, algorithm).stream()),
                        bare(state).stream()))
                .toList();
    }

    private static Optional<Finding> weak(XfrmState state, Algorithm algorithm) {
        return WEAK.entrySet().stream()
                .filter(entry -> algorithm.name().contains(entry.getKey())
                        || (entry.getKey().equals("(des)") && algorithm.name().equals("des")))
                .map(Map.Entry::getValue)
                .findFirst()
                .map(verdict -> finding(verdict.severity(), state, algorithm.name(), verdict.why()));
    }

    /** Encryption that nobody checks the result of can be changed on the way (RFC 4303, section 3.2). */
    private static Optional<Finding> bare(XfrmState state) {
        boolean encrypted = state.algorithm(Algorithm.Encryption.class)
                .filter(cipher -> !cipher.name().contains("cipher_null"))
                .isPresent();
        boolean authentic = state.algorithm(Algorithm.Authentication.class).isPresent();
        return state.id().protocol().equals(IpProtocol.ESP) && encrypted && !authentic
                ? Optional.of(
                        finding(Severity.ERROR, state, "no integrity", "a cipher without integrity: MUST NOT be used"))
                : Optional.empty();
    }

    private static Finding finding(Severity severity, XfrmState state, String name, String why) {
        return new Finding(
                severity,
                "weak-algorithm",
                state.id() + " uses " + name,
                List.of(IpCommands.line(state) + " " + name),
                why + " (" + RFC + ").",
                List.of(
                        IpCommands.isOurs(state)
                                ? Finding.Fix.advice("\"esp_proposals: aes128gcm16\" in the child at both ends.")
                                : Finding.Fix.advice(
                                        "Another proposal at both ends: esp_proposals = aes128gcm16 in swanctl.conf.")));
    }
}
