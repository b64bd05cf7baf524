package org.xfrmctl.netlink.probe;

import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Iptfs;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;

/** Tries what ESP can be used with. The plain state is known to be taken: what is refused is what was added to it. */
final class EspProbe {
    /** No header fits into it. */
    private static final int TOO_SMALL = 1;

    private final Rehearsals rehearsals;
    private final Transform esp;

    /** {@code esp} is there. */
    EspProbe(Rehearsals rehearsals, Transform esp) {
        this.rehearsals = rehearsals;
        this.esp = esp;
    }

    Support encapsulation(int type) {
        Encap encap = new Encap(type, 4500, 4500, IpAddress.ANY_V4);
        return taken(
                tunnel().options(StateOptions.NONE.withNatTraversal(NatTraversal.of(encap)))
                        .build(),
                "encapsulation type");
    }

    Support beet() {
        return taken(tunnel().mode(Mode.BEET).build(), "mode");
    }

    /** The words are those that refuse what was added; others are about something else. */
    private Support taken(XfrmState state, String words) {
        Answer answer = rehearsals.of(state);
        if (answer.accepted()) {
            return Support.YES;
        }
        boolean unsupported = answer.is(Errno.EINVAL) || answer.is(Errno.EPROTONOSUPPORT);
        return unsupported && (answer.isWordless() || answer.says(words)) ? Support.NO : Support.UNKNOWN;
    }

    /**
     * Since Linux 6.14 every kernel takes the mode, with or without the module that does it ({@code xfrm_get_mode_cbs()}
     * may find nothing). Only that module looks at the packet size ({@code iptfs_user_init()}), and refuses this one.
     */
    Support iptfs() {
        Answer answer = rehearsals.of(
                tunnel().mode(Mode.IPTFS).options(packetSize(TOO_SMALL)).build());
        if (answer.says("Packet size must be 0 or greater")) {
            return Support.YES;
        }
        boolean unknownMode = answer.says("Unsupported mode") || answer.says("mode not found");
        return answer.accepted() || unknownMode ? Support.NO : Support.UNKNOWN;
    }

    /** The mode wants a direction, and the packet size is for the outbound one ({@code verify_newsa_info()}). */
    private static StateOptions packetSize(int bytes) {
        Iptfs unset = Iptfs.UNSET;
        return StateOptions.NONE
                .withPlacement(new Placement(Optional.of(SaDirection.OUT), OptionalInt.empty(), Optional.empty()))
                .withIptfs(new Iptfs(
                        unset.dropTime(),
                        unset.reorderWindow(),
                        unset.dontFragment(),
                        unset.initDelay(),
                        unset.maxQueue(),
                        OptionalInt.of(bytes)));
    }

    private XfrmState.Builder tunnel() {
        return esp.state(esp.works().orElseThrow()).mode(Mode.TUNNEL);
    }
}
