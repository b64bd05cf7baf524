package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.IfId;

/** Cutting and joining are each other's inverse, in whatever order the pieces come. */
class FragmentationTest {
    private long now;
    private final Reassembly reassembly = new Reassembly(() -> now);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyPacketSurvives(long start) {
        long seed = start * System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 40; round++) {
            boolean v6 = random.nextBoolean();
            PacketBuffer packet = packet(random, v6);
            byte[] before = packet.toBytes();
            int mtu = random.nextInt(v6 ? 1280 : 68, 1500);
            List<PacketBuffer> parts = new ArrayList<>(
                    v6 ? Fragmentation.v6(packet, mtu, random.nextInt()) : Fragmentation.v4(packet, mtu));
            assertThat(parts).as("seed %d", seed).allMatch(part -> part.length() <= mtu);
            Collections.shuffle(parts, random);
            assertThat(joined(parts)).as("seed %d, round %d", seed, round).isEqualTo(before);
        }
    }

    private byte[] joined(List<PacketBuffer> parts) {
        byte[] whole = new byte[0];
        for (PacketBuffer part : parts) {
            whole = add(part).map(PacketBuffer::toBytes).orElse(whole);
        }
        return whole;
    }

    private Optional<PacketBuffer> add(PacketBuffer part) {
        return add(new Packet(part));
    }

    private Optional<PacketBuffer> add(Packet packet) {
        PacketBuffer part = packet.buffer();
        IpHeader ip = IpHeader.read(part).orElseThrow();
        return ip instanceof Ipv4Header v4
                ? v4.isFragment() ? reassembly.addV4(packet, v4) : Optional.of(part)
                : reassembly.addV6(packet, (Ipv6Header) ip, Ipv6Chain.walk(part));
    }

    /** The last fragment ends at 65535, but the header comes on top. */
    @Test
    void whatNoLengthFieldCanHoldIsNoPacket() {
        for (int at = 0; at < 65_535; at += 1_408) {
            assertThat(add(fragment(at, Math.min(1_408, 65_535 - at), at + 1_408 < 65_535)))
                    .isEmpty();
        }
    }

    @Test
    void fragmentsThatCameAnotherWayAreOfAnotherPacket() {
        Packet other = new Packet(fragment(8, 8, false));
        other.enter(7, new IfId(42));
        assertThat(add(fragment(0, 8, true))).isEmpty();
        assertThat(add(other)).isEmpty();
        assertThat(add(fragment(8, 8, false))).isPresent();
    }

    @Test
    void forgetsWhatIsNotWholeInTime() {
        assertThat(add(fragment(0, 8, true))).isEmpty();
        now += 29;
        assertThat(add(fragment(16, 8, false))).isEmpty();
        now++;
        assertThat(add(fragment(8, 8, true))).isEmpty();
    }

    @Test
    void cutsNothingWhereNothingFits() {
        Random random = new Random(7);
        assertThat(Fragmentation.v4(packet(random, false), 27)).isEmpty();
        assertThat(Fragmentation.v6(packet(random, true), 55, 1)).isEmpty();
    }

    private static PacketBuffer fragment(int at, int length, boolean more) {
        PacketBuffer packet = PacketBuffer.of(new byte[length]);
        Ipv4Header ip = (Ipv4Header) IpHeader.prepend(packet, ip("10.0.0.1"), ip("10.0.0.2"), 253);
        ip.fragment(at, more);
        ip.finish(packet.length());
        return packet;
    }

    private static PacketBuffer packet(Random random, boolean v6) {
        byte[] payload = new byte[random.nextInt(1, 9000)];
        random.nextBytes(payload);
        PacketBuffer packet = PacketBuffer.of(payload);
        IpHeader ip = IpHeader.prepend(packet, ip(v6 ? "fec0::1" : "10.0.0.1"), ip(v6 ? "fec0::2" : "10.0.0.2"), 253);
        if (ip instanceof Ipv4Header v4) {
            v4.identification(random.nextInt(0x10000));
        }
        ip.finish(packet.length());
        return packet;
    }
}
