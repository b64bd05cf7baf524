package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.datapath.wire.Ipv6Header;

/** Cutting and joining are each other's inverse, in whatever order the pieces come. */
class FragmentationTest {
    private final Reassembly reassembly = new Reassembly();

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
        IpHeader ip = IpHeader.read(part).orElseThrow();
        return ip instanceof Ipv4Header v4
                ? v4.isFragment() ? reassembly.addV4(part, v4) : Optional.of(part)
                : reassembly.addV6(part, (Ipv6Header) ip, Ipv6Chain.walk(part));
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
