package org.xfrmctl.netlink.probe;

import java.util.Comparator;
import java.util.Optional;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.ErrorMessage;

/** The answers of {@link FakeLinux} to updates of a state that is not there, checked in the order of Linux. */
final class FakeStates {
    private static final int KNOWN_FLAGS = 3;

    private final FakeLinux linux;

    FakeStates(FakeLinux linux) {
        this.linux = linux;
    }

    ErrorMessage update(XfrmState state) {
        return malformed(state)
                .or(() -> algorithm(state))
                .or(() -> type(state))
                .or(() -> encapsulation(state.options()))
                .or(() -> offload(state.options()))
                .or(() -> packetSize(state))
                .orElseGet(() -> ErrorMessage.of(Errno.ESRCH, Optional.empty()));
    }

    private Optional<ErrorMessage> malformed(XfrmState state) {
        if (state.algorithms().isEmpty()) {
            return refuse(Errno.EINVAL, "Missing required attribute for ESP");
        }
        if (!state.mode().equals(Mode.IPTFS)) {
            return Optional.empty();
        }
        if (!linux.isSince(614)) {
            return refuse(Errno.EINVAL, "Unsupported mode");
        }
        return state.options().placement().direction().isPresent()
                ? Optional.empty()
                : refuse(Errno.EINVAL, "IP-TFS mode requires in or out direction attribute");
    }

    /** Integrity is looked for before encryption. */
    private Optional<ErrorMessage> algorithm(XfrmState state) {
        return state.algorithms().stream()
                .sorted(Comparator.comparing(algorithm -> word(algorithm).startsWith("AUTH") ? 0 : 1))
                .filter(algorithm -> !linux.has(algorithm.name()))
                .findFirst()
                .flatMap(missing -> refuse(Errno.ENOSYS, "Requested " + word(missing) + " algorithm not found"));
    }

    private static String word(Algorithm algorithm) {
        if (algorithm instanceof Algorithm.Aead) {
            return "AEAD";
        }
        if (algorithm instanceof Algorithm.Encryption) {
            return "CRYPT";
        }
        return algorithm instanceof Algorithm.Authentication ? "AUTH_TRUNC" : "COMP";
    }

    private Optional<ErrorMessage> type(XfrmState state) {
        IpProtocol protocol = state.id().protocol();
        String name = protocol.equals(IpProtocol.ESP) ? "esp" : protocol.equals(IpProtocol.AH) ? "ah" : "ipcomp";
        String part = name + (state.family() == Family.INET ? 4 : 6);
        return linux.has(part) ? Optional.empty() : refuse(Errno.EPROTONOSUPPORT, "Requested type not found");
    }

    private Optional<ErrorMessage> encapsulation(StateOptions options) {
        boolean known = options.encap()
                .map(encap -> encap.type() == Encap.ESPINUDP || linux.has("espintcp"))
                .orElse(true);
        return known ? Optional.empty() : refuse(Errno.EINVAL, "Unsupported encapsulation type for ESP");
    }

    /** There is no device: a packet offload misses it, another one does without. */
    private Optional<ErrorMessage> offload(StateOptions options) {
        Optional<Offload> wanted = options.placement().offload();
        if (wanted.isEmpty() || !linux.has("offload")) {
            return Optional.empty();
        }
        if (!linux.isSince(615) && !linux.has("esp-offload")) {
            return refuse(Errno.EINVAL, "Type doesn't support offload");
        }
        int known = KNOWN_FLAGS | (linux.isSince(602) ? Offload.PACKET : 0);
        if (linux.isSince(517) && (wanted.get().flags() & ~known) != 0) {
            return refuse(Errno.EINVAL, "Unrecognized flags in offload request");
        }
        boolean packet = linux.isSince(602) && (wanted.get().flags() & Offload.PACKET) != 0;
        return packet ? Optional.of(ErrorMessage.of(Errno.EINVAL, Optional.empty())) : Optional.empty();
    }

    private Optional<ErrorMessage> packetSize(XfrmState state) {
        boolean tooSmall = state.mode().equals(Mode.IPTFS)
                && linux.has("iptfs")
                && state.options().iptfs().packetSize().orElse(0) == 1;
        return tooSmall
                ? refuse(Errno.EINVAL, "Packet size must be 0 or greater than IPTFS/ESP header length")
                : Optional.empty();
    }

    private Optional<ErrorMessage> refuse(Errno errno, String words) {
        return Optional.of(linux.refusal(errno, words));
    }
}
