package org.xfrmctl.datapath.kernel;

import static org.xfrmctl.datapath.kernel.RequestRefusedException.invalid;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.uapi.XfrmSelector;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.StateCodec;

/**
 * From a checked request to the state that it stands for ({@code xfrm_state_construct()}, {@code __xfrm_init_state()},
 * {@code xfrm_init_replay()}), with what a kernel fills in: canonical names, default truncation, a capped window.
 */
final class StateAssembly {
    private static final int LARGEST_BASIC_WINDOW = 32;

    /** IPv6 and inbound. */
    private static final int OFFLOAD_FLAGS = 3;

    private StateAssembly() {}

    static XfrmState assemble(XfrmUsersaInfo info, Attributes attributes) {
        XfrmState stated = StateCodec.decode(withSelectorFamily(info), attributes);
        List<Algorithm> algorithms = AlgorithmChecks.canonical(stated.algorithms(), attributes);
        checkMode(stated);
        checkProtocol(stated, algorithms);
        checkReplay(stated);
        if (attributes.has(Xfrma.OFFLOAD_DEV)) {
            checkOffload(stated);
        }
        return stated.toBuilder()
                .algorithms(algorithms)
                .mark(stated.mark().masked())
                .replay(capped(stated.replay()))
                .options(kept(stated.options()))
                .build();
    }

    /** ESP could be offloaded, and goes without where the device does not offer it ({@code xfrm_dev_state_add()}). */
    private static void checkOffload(XfrmState stated) {
        if (!stated.id().protocol().equals(IpProtocol.ESP)) {
            throw invalid("Type doesn't support offload");
        }
        StateOptions options = stated.options();
        if (options.encap().isPresent() || options.extras().tfcPad() != 0) {
            throw invalid("Encapsulation and TFC padding can't be offloaded");
        }
        if (options.placement()
                .offload()
                .filter(offload -> (offload.flags() & ~OFFLOAD_FLAGS) != 0)
                .isPresent()) {
            throw invalid("Unrecognized flags in offload request");
        }
    }

    private static XfrmUsersaInfo withSelectorFamily(XfrmUsersaInfo info) {
        XfrmSelector sel = info.sel();
        return new XfrmUsersaInfo(
                new XfrmSelector(
                        sel.daddr(),
                        sel.saddr(),
                        sel.dport(),
                        sel.dportMask(),
                        sel.sport(),
                        sel.sportMask(),
                        StateChecks.selectorFamily(info),
                        sel.prefixlenD(),
                        sel.prefixlenS(),
                        sel.proto(),
                        sel.ifindex(),
                        sel.user()),
                info.id(),
                info.saddr(),
                info.lft(),
                info.curlft(),
                info.stats(),
                info.seq(),
                info.reqid(),
                info.family(),
                info.mode(),
                info.replayWindow(),
                info.flags());
    }

    /** Modes exist per family; only those that wrap whole packets may hold another family than their own. */
    private static void checkMode(XfrmState state) {
        Family inner = state.selector().family() == Family.UNSPEC
                ? state.family()
                : state.selector().family();
        if (state.mode().equals(Mode.ROUTE_OPTIMIZATION) && inner == Family.INET) {
            throw unsupported("Requested mode not found");
        }
        boolean tunnels = state.mode().equals(Mode.TUNNEL) || state.mode().equals(Mode.BEET);
        if (!tunnels && inner != state.family()) {
            throw unsupported("Only tunnel modes can accommodate a change of family");
        }
    }

    private static void checkProtocol(XfrmState state, List<Algorithm> algorithms) {
        IpProtocol protocol = state.id().protocol();
        Optional<Encap> encap = state.options().encap();
        if (protocol.equals(IpProtocol.ESP)) {
            AlgorithmChecks.checkEspKeys(algorithms, state.flags().has(StateFlag.ESN));
            if (encap.isPresent() && encap.get().type() != 1 && encap.get().type() != Encap.ESPINUDP) {
                throw invalid("Unsupported encapsulation type for ESP");
            }
        } else if (protocol.equals(IpProtocol.AH)) {
            if (encap.isPresent()) {
                throw invalid("AH is not compatible with encapsulation");
            }
            AlgorithmChecks.checkAhKey(algorithms);
            if (state.mode().equals(Mode.ROUTE_OPTIMIZATION)) {
                throw invalid("Invalid mode requested for AH, must be one of TRANSPORT, TUNNEL, BEET");
            }
        } else if (protocol.equals(IpProtocol.COMP)) {
            if (state.mode().equals(Mode.BEET) || state.mode().equals(Mode.ROUTE_OPTIMIZATION)) {
                throw invalid("Unsupported XFRM mode for IPcomp");
            }
            if (encap.isPresent()) {
                throw invalid("IPComp is not compatible with encapsulation");
            }
        } else {
            checkMobility(state);
        }
    }

    /** Mobile IPv6 (RFC 6275): such states are held and told, but no packet takes their headers ({@code mip6.c}). */
    private static void checkMobility(XfrmState state) {
        if (state.family() != Family.INET6) {
            throw unsupported("Requested type not found");
        }
        if (!state.id().spi().equals(Spi.NONE)) {
            throw invalid("SPI must be 0");
        }
        if (!state.mode().equals(Mode.ROUTE_OPTIMIZATION)) {
            throw invalid("XFRM mode must be XFRM_MODE_ROUTEOPTIMIZATION");
        }
    }

    private static void checkReplay(XfrmState state) {
        if (state.replay() instanceof ReplayState.Extended extended) {
            long bits = 32L * extended.bitmap().size();
            if (Integer.toUnsignedLong(extended.window()) > bits) {
                throw invalid("ESN replay window is too large for the chosen bitmap size");
            }
            if (state.flags().has(StateFlag.ESN) && extended.window() == 0) {
                throw invalid("ESN replay window must be > 0");
            }
        }
    }

    /** A window that one word of bitmap can hold ({@code copy_from_user_state()}). */
    private static ReplayState capped(ReplayState replay) {
        return replay instanceof ReplayState.Basic basic && basic.window() > LARGEST_BASIC_WINDOW
                ? new ReplayState.Basic(LARGEST_BASIC_WINDOW, basic.outbound(), basic.inbound(), basic.bitmap())
                : replay;
    }

    /** What Linux 6.1 knows; newer and unknown attributes are ignored. */
    private static StateOptions kept(StateOptions options) {
        NatTraversal nat = options.natTraversal();
        StateExtras extras = options.extras();
        return StateOptions.NONE
                .withOutputMark(options.outputMark().filter(mark -> !mark.equals(Mark.NONE)))
                .withNatTraversal(new NatTraversal(nat.encap(), 0, nat.mappingTimer()))
                .withExtras(new StateExtras(extras.careOf(), extras.tfcPad(), OptionalLong.empty(), Optional.empty()));
    }

    private static RequestRefusedException unsupported(String text) {
        return RequestRefusedException.of(Errno.EPROTONOSUPPORT, text);
    }
}
