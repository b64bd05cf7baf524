package org.xfrmctl.netlink.probe;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.probe.Capabilities.Kind;

/** The algorithms of one state. */
record Suite(List<CandidateAlgorithm> members) {
    Suite {
        members = List.copyOf(members);
    }

    static Suite of(CandidateAlgorithm... members) {
        return new Suite(List.of(members));
    }

    /** All that a protocol could be tried with, the likeliest first. */
    static List<Suite> of(IpProtocol protocol) {
        if (protocol.equals(IpProtocol.COMP)) {
            return alone(Kind.COMPRESSION);
        }
        return protocol.equals(IpProtocol.AH)
                ? alone(Kind.AUTHENTICATION)
                : Stream.concat(alone(Kind.AEAD).stream(), pairs().stream()).toList();
    }

    private static List<Suite> alone(Kind kind) {
        return CandidateAlgorithm.of(kind).stream().map(Suite::of).toList();
    }

    /** Integrity and encryption for ESP. */
    static List<Suite> pairs() {
        List<CandidateAlgorithm> ciphers = CandidateAlgorithm.of(Kind.ENCRYPTION);
        return CandidateAlgorithm.of(Kind.AUTHENTICATION).stream()
                .flatMap(integrity -> ciphers.stream().map(cipher -> of(integrity, cipher)))
                .toList();
    }

    List<Algorithm> algorithms() {
        return members.stream().map(CandidateAlgorithm::tried).toList();
    }

    Optional<CandidateAlgorithm> member(Kind kind) {
        return members.stream().filter(member -> member.kind() == kind).findFirst();
    }

    /**
     * The one of them that this answer says the kernel has not got. It looks for all of them first, and names the kind that
     * it did not find ({@code attach_auth_trunc()} and its like, since Linux 6.1); what an older one means is clear only if
     * there is but one.
     */
    Optional<CandidateAlgorithm> missing(Answer answer) {
        if (!answer.is(Errno.ENOSYS)) {
            return Optional.empty();
        }
        return members.stream()
                .filter(member ->
                        answer.isWordless() ? members.size() == 1 : answer.says("Requested " + word(member.kind())))
                .findFirst();
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case AEAD -> "AEAD";
            case ENCRYPTION -> "CRYPT";
            case AUTHENTICATION -> "AUTH";
            case COMPRESSION -> "COMP";
        };
    }
}
