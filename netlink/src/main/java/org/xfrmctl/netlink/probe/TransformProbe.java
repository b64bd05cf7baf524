package org.xfrmctl.netlink.probe;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.Errno;

/**
 * Finds out whether a protocol is there, and algorithms that it works with: a kernel looks for these before it looks for
 * the protocol.
 */
final class TransformProbe {
    private final Rehearsals rehearsals;
    /** What the kernel said that it has not got. */
    private final Set<CandidateAlgorithm> lacking = new HashSet<>();

    TransformProbe(Rehearsals rehearsals) {
        this.rehearsals = rehearsals;
    }

    Transform find(IpProtocol protocol, IpAddress any) {
        return find(protocol, any, Suite.of(protocol));
    }

    /** With the first of these suites that works, and without those of which something is known to be lacking. */
    Transform find(IpProtocol protocol, IpAddress any, List<Suite> suites) {
        Transform unknown = new Transform(protocol, any, Support.UNKNOWN, Optional.empty());
        for (Suite suite : suites) {
            if (suite.members().stream().anyMatch(this::lacks)) {
                continue;
            }
            Answer answer = ask(unknown, suite);
            if (answer.accepted()) {
                return new Transform(protocol, any, Support.YES, Optional.of(suite));
            }
            if (isAbsence(answer)) {
                return new Transform(protocol, any, Support.NO, Optional.empty());
            }
        }
        return unknown;
    }

    /** Rehearses it, and remembers what is lacking. */
    Answer ask(Transform transform, Suite suite) {
        Answer answer = rehearsals.of(transform.state(suite).build());
        suite.missing(answer).ifPresent(lacking::add);
        return answer;
    }

    boolean lacks(CandidateAlgorithm candidate) {
        return lacking.contains(candidate);
    }

    /** {@code xfrm_get_type()} has one errno with {@code xfrm_get_mode()}; only their words tell them apart. */
    private static boolean isAbsence(Answer answer) {
        if (answer.is(Errno.EPROTONOSUPPORT)) {
            return answer.isWordless() || answer.says("type not found");
        }
        return answer.is(Errno.EAFNOSUPPORT);
    }
}
