package org.xfrmctl.netlink.probe;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.probe.Capabilities.AlgorithmSupport;
import org.xfrmctl.netlink.probe.Capabilities.Kind;

/**
 * Tries one algorithm after the other. ESP wants encryption and integrity together: each is tried with a companion that is
 * known to work, for otherwise a refusal may be the companion's.
 */
final class AlgorithmProbe {
    private final TransformProbe probe;
    private final Transform esp;
    private final Transform ah;
    private final Transform ipcomp;
    /** Integrity and encryption that work together, if any do. */
    private final Optional<Suite> pair;

    AlgorithmProbe(TransformProbe probe, Transform esp, Transform ah, Transform ipcomp) {
        this.probe = probe;
        this.esp = esp;
        this.ah = ah;
        this.ipcomp = ipcomp;
        this.pair = probe.find(esp.protocol(), esp.any(), Suite.pairs()).works();
    }

    List<AlgorithmSupport> all() {
        return CandidateAlgorithm.ALL.stream()
                .map(candidate -> new AlgorithmSupport(candidate.kind(), candidate.name(), support(candidate)))
                .toList();
    }

    private Support support(CandidateAlgorithm candidate) {
        if (probe.lacks(candidate)) {
            return Support.NO;
        }
        return switch (candidate.kind()) {
            case AEAD -> support(candidate, esp, Suite.of(candidate), true);
            case COMPRESSION -> support(candidate, ipcomp, Suite.of(candidate), true);
            case ENCRYPTION ->
                support(candidate, esp, Suite.of(companion(Kind.AUTHENTICATION), candidate), pair.isPresent());
            case AUTHENTICATION -> integrity(candidate);
        };
    }

    /** AH has integrity alone, so its answer cannot be about a companion. */
    private Support integrity(CandidateAlgorithm candidate) {
        Support byAh = support(candidate, ah, Suite.of(candidate), true);
        return byAh == Support.UNKNOWN
                ? support(candidate, esp, Suite.of(candidate, companion(Kind.ENCRYPTION)), pair.isPresent())
                : byAh;
    }

    /** One that works or, where none is known to, one that is not known to be lacking. */
    private CandidateAlgorithm companion(Kind kind) {
        List<CandidateAlgorithm> candidates = CandidateAlgorithm.of(kind);
        return pair.flatMap(suite -> suite.member(kind))
                .or(() -> candidates.stream()
                        .filter(candidate -> !probe.lacks(candidate))
                        .findFirst())
                .orElseGet(() -> candidates.get(0));
    }

    /** {@code conclusive} says that if something cannot be had for the suite, it is the candidate. */
    private Support support(CandidateAlgorithm candidate, Transform transform, Suite suite, boolean conclusive) {
        Answer answer = probe.ask(transform, suite);
        if (answer.accepted()) {
            return Support.YES;
        }
        Optional<CandidateAlgorithm> missing = suite.missing(answer);
        if (missing.isPresent()) {
            return missing.get().equals(candidate) ? Support.NO : Support.UNKNOWN;
        }
        return conclusive && isUnavailable(answer) ? Support.NO : Support.UNKNOWN;
    }

    /** A name that XFRM does not know, or one that the crypto API makes nothing of ({@code crypto_alloc_aead()}). */
    private static boolean isUnavailable(Answer answer) {
        return answer.is(Errno.ENOSYS) || answer.is(Errno.ENOENT) || answer.is(Errno.ELIBBAD);
    }
}
