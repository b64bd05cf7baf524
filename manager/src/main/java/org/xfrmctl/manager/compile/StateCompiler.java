package org.xfrmctl.manager.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.EspProposal;
import org.xfrmctl.model.definition.HeaderOptions;
import org.xfrmctl.model.definition.Marks;

/** One direction of a child's states: IPComp first where there is any, then ESP. */
final class StateCompiler {
    /** The kernel keeps a window of at most 32 packets in {@code struct xfrm_replay_state}. */
    private static final int BASIC_WINDOW = 32;

    private final Child child;
    private final Reqid reqid;
    private final List<TrafficPair> pairs;
    private final Direction direction;

    StateCompiler(Child child, Reqid reqid, List<TrafficPair> pairs, Direction direction) {
        this.child = child;
        this.reqid = reqid;
        this.pairs = pairs;
        this.direction = direction;
    }

    List<XfrmState> compile(Sa sa) {
        List<XfrmState> states = new ArrayList<>();
        sa.cpi().ifPresent(cpi -> states.add(ipcomp(cpi)));
        states.add(esp(sa));
        return states;
    }

    /**
     * The IPComp state is the tunnel, so everything about the outer header belongs to it. It accepts every inner family
     * from the start: the kernel copies its selector to the IPIP companion, which later children of the same gateways
     * share, whatever family they carry.
     */
    private XfrmState ipcomp(Cpi cpi) {
        XfrmState.Builder state = common(IpProtocol.COMP, cpi.toSpi())
                .algorithms(List.of(Algorithm.Compression.DEFLATE))
                .mode(child.traffic().mode());
        return child.traffic().mode().equals(Mode.TUNNEL)
                ? anyFamily(state, headerFlags()).build()
                : state.selector(transportSelector()).build();
    }

    /**
     * Under an IPComp tunnel ESP protects what is already an outer packet: transport mode, and no selector, because the
     * kernel compares a state's selector with the innermost packet.
     */
    private XfrmState esp(Sa sa) {
        boolean underTunnel =
                child.transform().ipcomp() && child.traffic().mode().equals(Mode.TUNNEL);
        XfrmState.Builder state = common(IpProtocol.ESP, sa.spi())
                .algorithms(algorithms(child.transform().esp(), sa.key()))
                .limits(child.lifetime().limits())
                .mode(underTunnel ? Mode.TRANSPORT : child.traffic().mode());
        if (direction == Direction.IN) {
            state.replay(replay(child.transform().replayWindow()));
        }
        if (child.traffic().mode().equals(Mode.TRANSPORT)) {
            return state.selector(transportSelector()).build();
        }
        StateFlags flags = underTunnel ? StateFlags.NONE : headerFlags();
        return (carriesForeignFamily() ? anyFamily(state, flags) : state.flags(flags)).build();
    }

    private XfrmState.Builder common(IpProtocol protocol, Spi spi) {
        Marks marks = child.policy().marks();
        Optional<Mark> set =
                (direction == Direction.IN ? marks.setIn() : marks.setOut()).filter(mark -> !mark.isNone());
        int tfc = protocol.equals(IpProtocol.ESP) && direction == Direction.OUT
                ? child.transform().tfcPadding()
                : 0;
        return XfrmState.builder(new SaId(destination(), spi, protocol), source())
                .reqid(reqid)
                .mark(direction == Direction.IN ? Mark.NONE : marks.out().masked())
                .ifId(direction == Direction.IN ? marks.ifIdIn() : marks.ifIdOut())
                .options(StateOptions.NONE.withOutputMark(set).withExtras(StateExtras.NONE.withTfcPad(tfc)));
    }

    /** Without the flag the kernel takes selector family 0 for "as the outer addresses" ({@code copy_from_user_state()}). */
    private static XfrmState.Builder anyFamily(XfrmState.Builder state, StateFlags flags) {
        return state.selector(Selector.any(Family.UNSPEC)).flags(flags.with(StateFlag.AF_UNSPEC));
    }

    private boolean carriesForeignFamily() {
        return pairs.stream().anyMatch(pair -> pair.outbound().family() != source().family());
    }

    /**
     * In transport mode packets need no inbound policy to be accepted, so the check that RFC 4301 (section 5.2, step 4)
     * demands is the state's. A state has one selector; several pairs leave it open.
     */
    private Selector transportSelector() {
        if (pairs.size() != 1) {
            return Selector.any(source().family());
        }
        return direction == Direction.IN ? pairs.get(0).inbound() : pairs.get(0).outbound();
    }

    /** Newer kernels refuse a flag on the direction where it means nothing ({@code verify_sa_dir()}). */
    private StateFlags headerFlags() {
        HeaderOptions headers = child.headers();
        StateFlags flags = headers.copyEcn() ? StateFlags.NONE : StateFlags.NONE.with(StateFlag.NOECN);
        if (direction == Direction.IN) {
            return headers.copyDscp().inward() ? flags.with(StateFlag.DECAP_DSCP) : flags;
        }
        if (headers.copyDf() == HeaderOptions.CopyDf.NO) {
            flags = flags.with(StateFlag.NOPMTUDISC);
        }
        return headers.copyDscp().outward() ? flags : flags.with(ExtraFlag.DONT_ENCAP_DSCP);
    }

    private static ReplayState replay(int window) {
        if (window <= BASIC_WINDOW) {
            return new ReplayState.Basic(window, 0, 0, 0);
        }
        return new ReplayState.Extended(window, 0, 0, Collections.nCopies((window + 31) / 32, 0));
    }

    /** Splits the material as IKE does (RFC 7296, section 2.17): encryption first, then integrity. */
    private static List<Algorithm> algorithms(EspProposal esp, Key key) {
        if (esp.integrity().isEmpty()) {
            return List.of(new Algorithm.Aead(esp.cipher(), key, esp.icvBits()));
        }
        return List.of(
                new Algorithm.Authentication(
                        esp.integrity().get(), key.slice(esp.cipherKeyBytes(), esp.keyBytes()), esp.icvBits()),
                new Algorithm.Encryption(esp.cipher(), key.slice(0, esp.cipherKeyBytes())));
    }

    private IpAddress source() {
        return direction == Direction.IN
                ? child.endpoints().remote()
                : child.endpoints().local();
    }

    private IpAddress destination() {
        return direction == Direction.IN
                ? child.endpoints().local()
                : child.endpoints().remote();
    }
}
