package org.xfrmctl.bench;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Decision;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.engine.InputProcessor;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.ReplayState;

/**
 * A packet through policy, bundle, state and cipher into a tunnel, and through state, replay window, cipher and policy
 * out of it again. The peer is the cipher alone, both ways.
 */
public class RoundTripBenchmark extends Duel {
    private static final int HEADER = 20;
    private static final int WINDOW = 128;

    @Param({"64", "576", "1400"})
    public int size;

    private final XfrmNamespace namespace = new XfrmNamespace(Clock.systemUTC(), new Random(1));
    private final OutputProcessor output = new OutputProcessor(namespace, () -> 1);
    private final InputProcessor input = new InputProcessor(namespace);
    private final Routing routing;
    private final PacketBuffer buffer = PacketBuffer.of(new byte[0]);
    private final Packet packet = new Packet(buffer);
    private byte[] inner = new byte[0];
    private FlowKey flow = FlowKey.of(new Flow(IpAddress.ANY_V4, IpAddress.ANY_V4, 0, 0, 0), 0);
    private BareCipher bare = BareCipher.of(0);

    public RoundTripBenchmark() {
        namespace
                .states()
                .insert(Samples.state().toBuilder()
                        .replay(new ReplayState.Extended(WINDOW, 0, 0, List.of(0, 0, 0, 0)))
                        .build());
        namespace.policies().insert(Samples.policy(Direction.OUT));
        namespace.policies().insert(Samples.policy(Direction.FWD));
        Optional<Routing.Path> path = Optional.of(new Routing.Path(1500, Samples.CAROL, 1));
        routing = destination -> path;
    }

    @Setup(Level.Trial)
    public void prepare() {
        PacketBuffer whole = PacketBuffer.of(Samples.text(size));
        IpHeader.prepend(whole, IpAddress.parse("10.3.0.9"), IpAddress.parse("10.1.0.9"), Samples.TCP);
        inner = whole.toBytes();
        flow = FlowKey.of(Flow.of(whole).orElseThrow(), 0);
        bare = BareCipher.of(HEADER + size);
    }

    @Override
    long ours() {
        buffer.replace(inner, 0, inner.length);
        packet.renew();
        if (output.lookup(flow, routing) instanceof Decision.Protect protect
                && output.transform(packet, protect.bundle()) instanceof Verdict.Forward
                && input.receive(packet) instanceof Verdict.Forward
                && input.check(packet, Direction.FWD).isEmpty()) {
            return buffer.length();
        }
        throw new IllegalStateException("lost the packet");
    }

    @Override
    long peer() throws GeneralSecurityException {
        bare.seal();
        return bare.open();
    }
}
