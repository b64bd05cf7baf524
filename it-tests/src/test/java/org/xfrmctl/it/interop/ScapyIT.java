package org.xfrmctl.it.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.host.NetworkInterface;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.link.Port;
import org.xfrmctl.datapath.wire.IcmpEcho;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmState;

/** A third judge, who knows neither kernel: scapy pings the userspace host, sealing and opening the packets itself. */
class ScapyIT {
    /** What the states of {@link InteropCase} with extended numbers begin at. */
    private static final long EXTENDED_START = 0x2_ffff_fffdL;

    private static final int[] SIZES = {0, 57, 1200};

    private final Random random = new Random(3);

    @Test
    void scapyOpensWhatTheHostSealsAndTheHostWhatScapySeals() throws IOException {
        Optional<ScapyJudge> scapy = ScapyJudge.start();
        RealKernel.requireOrSkip(scapy.isPresent(), "python3-scapy python3-cryptography");
        List<String> faults = new ArrayList<>();
        int tried = 0;
        try (ScapyJudge judge = scapy.orElseThrow()) {
            for (InteropCase each : InteropCase.all()) {
                if (ScapyJudge.knows(each)) {
                    tried++;
                    faultOf(each, judge).ifPresent(fault -> faults.add(each + ": " + fault));
                }
            }
        }
        System.out.printf("%d cases, an echo each way in %d sizes%n", tried, SIZES.length);
        assertThat(faults).isEmpty();
        assertThat(tried).isGreaterThan(200);
    }

    private Optional<String> faultOf(InteropCase each, ScapyJudge judge) {
        Network network = new Network();
        Host host = new Host("far", network, Clock.systemUTC(), random, Identifiers.random(random));
        Link link = network.link("wire", 1500);
        NetworkInterface port = host.attach("wire", link, Ends.of(2));
        Wire wire = new Wire(new ArrayList<>());
        link.attach(wire);
        host.encapsulate(4500, Encap.ESPINUDP);
        List<XfrmState> states = each.states().stream().map(ScapyIT::aligned).toList();
        states.forEach(state -> host.namespace().states().insert(state));
        Around.policies().forEach(policy -> host.namespace().policies().insert(policy));
        each.policies(false).forEach(policy -> host.namespace().policies().insert(policy));
        XfrmState away = states.get(0);
        XfrmState back = states.get(1);
        long start = each.options().esn() ? EXTENDED_START : 0;
        try {
            for (int i = 0; i < SIZES.length; i++) {
                byte[] data = new byte[SIZES[i]];
                random.nextBytes(data);
                IcmpEcho request = new IcmpEcho(each.near(), each.far(), false, 7, i, Bytes.of(data));
                // scapy takes the lower half 0 for "none given", so that one is left out.
                long sequence = start + (i < 2 ? i + 1 : 4);
                byte[] packet = request.toPacket().toBytes();
                network.deliver(port, judge.seal(away, each.options(), sequence, packet));
                network.pump();
                if (wire.seen().size() != i + 1) {
                    return Optional.of("no answer at " + data.length + ", "
                            + host.namespace().statistics().snapshot());
                }
                byte[] answer = judge.open(
                        back, each.options(), start + i + 1, wire.seen().get(i));
                if (!IcmpEcho.read(PacketBuffer.of(answer)).equals(Optional.of(request.answer()))) {
                    return Optional.of("another answer at " + data.length);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** On IPv4 AH is a multiple of four bytes long (RFC 4302, section 3.3.3.2.1), which Linux has a flag for. */
    private static XfrmState aligned(XfrmState state) {
        boolean ahOnV4 = state.id().protocol().equals(IpProtocol.AH) && state.family() == Family.INET;
        return ahOnV4
                ? state.toBuilder().flags(state.flags().with(StateFlag.ALIGN4)).build()
                : state;
    }

    /** Whoever is on the other side. */
    private record Wire(List<byte[]> seen) implements Port {
        @Override
        public boolean owns(IpAddress address) {
            return true;
        }

        @Override
        public void receive(byte[] packet) {
            seen.add(packet);
        }
    }
}
