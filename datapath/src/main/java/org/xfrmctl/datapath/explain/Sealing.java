package org.xfrmctl.datapath.explain;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Bundle;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.Restoration;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;

/** The other end: makes what arrives of a packet that goes through a chain of states, as the next one of each. */
final class Sealing {
    /** No packet is cut here. */
    private static final int UNLIMITED = 65_535;

    /**
     * What arrives.
     *
     * @param bare as it is taken to the outermost state, without UDP
     * @param wire as it comes in
     * @param encap what is around it
     * @param compressed whether IPComp has made it smaller
     */
    record Sealed(Bytes bare, Bytes wire, Optional<Encap> encap, boolean compressed) {}

    private Sealing() {}

    /** Empty if the states do not take such a packet, or have no numbers left. */
    static Optional<Sealed> seal(List<XfrmState> chain, byte[] plain, Instant time) {
        Optional<Encap> encap =
                chain.isEmpty() ? Optional.empty() : chain.get(0).options().encap();
        Optional<Sealed> bare = seal(chain, plain, time, false);
        return encap.isEmpty()
                ? bare
                : bare.flatMap(naked -> seal(chain, plain, time, true)
                        .map(wrapped -> new Sealed(naked.bare(), wrapped.wire(), encap, naked.compressed())));
    }

    private static Optional<Sealed> seal(List<XfrmState> chain, byte[] plain, Instant time, boolean encapsulated) {
        XfrmNamespace peer = new XfrmNamespace(Clock.fixed(time, ZoneOffset.UTC), new Random(1));
        OutputProcessor output = new OutputProcessor(peer, () -> 1);
        Packet packet = new Packet(PacketBuffer.of(plain));
        boolean compressed = false;
        for (int i = chain.size() - 1; i >= 0; i--) {
            XfrmState state = sending(chain.get(i), encapsulated && i == 0);
            Bundle.Step step = new Bundle.Step(peer.states().construct(state), UNLIMITED);
            Verdict verdict = output.transform(packet, new Bundle(UNLIMITED, List.of(step)));
            if (!(verdict instanceof Verdict.Forward)) {
                return Optional.empty();
            }
            compressed |= state.id().protocol().equals(IpProtocol.COMP) && protocol(packet) == IpProtocol.COMP.number();
        }
        Bytes bytes = Bytes.of(packet.buffer().toBytes());
        return Optional.of(new Sealed(bytes, bytes, Optional.empty(), compressed));
    }

    private static int protocol(Packet packet) {
        IpHeader ip = IpHeader.read(packet.buffer()).orElseThrow();
        return packet.buffer().u8(0) >> 4 == 4
                ? ip.protocol()
                : Ipv6Chain.walk(packet.buffer()).protocol();
    }

    /** The same state at the other end, whose next number is the one behind the highest that came from there. */
    private static XfrmState sending(XfrmState state, boolean encapsulated) {
        StateOptions options = encapsulated
                ? StateOptions.NONE.withNatTraversal(state.options().natTraversal())
                : StateOptions.NONE;
        return Restoration.withoutKeys(state).toBuilder()
                .replay(numbered(state.replay()))
                .limits(LifetimeLimits.UNLIMITED)
                .mark(Mark.NONE)
                .options(options)
                .build();
    }

    private static ReplayState numbered(ReplayState replay) {
        if (replay instanceof ReplayState.Extended extended) {
            return new ReplayState.Extended(extended.window(), extended.inbound(), 0, extended.bitmap());
        }
        ReplayState.Basic basic = (ReplayState.Basic) replay;
        return new ReplayState.Basic(basic.window(), basic.inbound(), 0, 0);
    }
}
