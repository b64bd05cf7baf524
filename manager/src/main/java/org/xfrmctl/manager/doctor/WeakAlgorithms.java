package org.xfrmctl.manager.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;

/** Algorithms that RFC 8221 says not to use, and ciphers without integrity. */
final class WeakAlgorithms implements Rule {
    private static final String RFC = "RFC 8221, sections 5 and 6";

    private static final String BARE = "a cipher without integrity";
    private static final int EXAMPLES = 3;

    private record Verdict(Severity severity, String why) {}

    private static final Verdict NOT_AUTHENTIC =
            new Verdict(Severity.ERROR, "ESP that is not authentic MUST NOT be used");

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
    public Set<String> names() {
        return Set.of("weak-algorithm");
    }

    /** One finding for each algorithm, however many states have it. */
    @Override
    public List<Finding> look(Facts facts) {
        Map<String, List<XfrmState>> byName = new TreeMap<>();
        for (XfrmState state : facts.states()) {
            state.algorithms().stream()
                    .map(Algorithm::name)
                    .filter(name -> verdict(name).isPresent())
                    .distinct()
                    .forEach(name -> byName.computeIfAbsent(name, each -> new ArrayList<>())
                            .add(state));
            if (isBare(state)) {
                byName.computeIfAbsent(BARE, each -> new ArrayList<>()).add(state);
            }
        }
        List<Finding> found = new ArrayList<>();
        byName.forEach((name, states) -> found.add(finding(name, verdict(name).orElse(NOT_AUTHENTIC), states)));
        return found;
    }

    private static Optional<Verdict> verdict(String name) {
        return WEAK.entrySet().stream()
                .filter(entry ->
                        name.contains(entry.getKey()) || (entry.getKey().equals("(des)") && name.equals("des")))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** What nobody checks can be changed on the way (RFC 4303, section 3.2). */
    private static boolean isBare(XfrmState state) {
        return state.id().protocol().equals(IpProtocol.ESP)
                && state.algorithm(Algorithm.Encryption.class).isPresent()
                && state.algorithm(Algorithm.Authentication.class).isEmpty();
    }

    private static Finding finding(String name, Verdict verdict, List<XfrmState> states) {
        List<String> evidence = new ArrayList<>();
        states.stream().limit(EXAMPLES).map(IpCommands::line).forEach(evidence::add);
        if (states.size() > EXAMPLES) {
            evidence.add("and " + (states.size() - EXAMPLES) + " more");
        }
        boolean ours = states.stream().allMatch(IpCommands::isOurs);
        return new Finding(
                verdict.severity(),
                "weak-algorithm",
                states.size() == 1 ? states.get(0).id() + " uses " + name : states.size() + " states use " + name,
                evidence,
                verdict.why() + " (" + RFC + ").",
                List.of(Finding.Fix.advice(
                        ours
                                ? "\"esp_proposals: aes128gcm16\" in the child at both ends."
                                : "Another proposal at both ends: for ESP esp_proposals = aes128gcm16 in swanctl.conf, for AH"
                                        + " ah_proposals = sha256.")));
    }
}
