package org.xfrmctl.it.differential;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Chain;

/**
 * Makes some packets wrong, or has them come twice. IP and extension headers stay sound: what is wrong there never gets to
 * XFRM.
 */
final class PacketSpoiler {
    /** Packets, and what is the matter with them; nothing, mostly. */
    record Spoiled(String text, List<byte[]> packets) {}

    private static final int V4_PROTOCOL = 9;
    private static final int V6_PROTOCOL = 6;

    private final Random random;

    PacketSpoiler(Random random) {
        this.random = random;
    }

    Spoiled spoil(byte[] packet) {
        PacketBuffer copy = PacketBuffer.of(packet.clone());
        IpHeader ip = IpHeader.read(copy).orElseThrow();
        boolean ipsec = copy.u8(copy.u8(0) >> 4 == 4 ? V4_PROTOCOL : V6_PROTOCOL) > 17;
        int start =
                ip instanceof Ipv4Header ? ip.length() : Ipv6Chain.walk(copy).offset();
        int payload = packet.length - start;
        switch (random.nextInt(14)) {
            case 0 -> {
                return new Spoiled("twice ", List.of(packet, packet));
            }
            case 1 -> {
                int length = start + random.nextInt(payload + 1);
                copy.dropBack(packet.length - length);
                ip.finish(length);
                return new Spoiled("cut ", List.of(copy.toBytes()));
            }
            case 2 -> {
                int at = start + random.nextInt(payload);
                copy.u8(at, copy.u8(at) ^ 1 << random.nextInt(8));
                return new Spoiled("flipped ", List.of(copy.toBytes()));
            }
            case 3 -> {
                copy.u8(packet.length - 1, copy.u8(packet.length - 1) ^ 1 << random.nextInt(8));
                return new Spoiled("forged ", List.of(copy.toBytes()));
            }
            case 4 -> {
                if (ipsec) {
                    copy.u8(ip instanceof Ipv4Header ? V4_PROTOCOL : V6_PROTOCOL, protocol());
                    ip.finish(packet.length);
                }
                return new Spoiled("renamed ", List.of(copy.toBytes()));
            }
            case 5, 6 -> {
                ip.trafficClass(random.nextInt(256));
                ip.finish(packet.length);
                return new Spoiled("", List.of(copy.toBytes()));
            }
            case 7 -> {
                return new Spoiled("with more behind ", List.of(Arrays.copyOf(packet, packet.length + 5)));
            }
            default -> {
                return new Spoiled("", List.of(packet));
            }
        }
    }

    private int protocol() {
        return new int[] {50, 51, 108, 4, 41}[random.nextInt(5)];
    }
}
