package org.xfrmctl.it.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.it.differential.Step.Arrival;
import org.xfrmctl.it.differential.Step.Departure;
import org.xfrmctl.it.differential.Step.Discovery;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmState;

/** Packets for a kernel that has been asked for some states, from a seed. */
final class RandomPackets {
    /** Of every IPv4 header made here. */
    static final int ID = 0x1234;

    private static final List<IpAddress> OTHERS_V4 =
            List.of(IpAddress.parse("192.0.2.2"), IpAddress.parse("198.51.100.7"));
    private static final List<IpAddress> OTHERS_V6 =
            List.of(IpAddress.parse("2001:db8::2"), IpAddress.parse("2001:db8:1::7"));
    private static final int OTHER_PROTOCOL = 253;

    private final Random random;
    private final KnownStates states;
    private final Sealer sealer;
    private final PacketSpoiler spoiler;

    RandomPackets(Random random, KnownStates states) {
        this.random = random;
        this.states = states;
        this.sealer = new Sealer(random);
        this.spoiler = new PacketSpoiler(random);
    }

    Step next() {
        int kind = random.nextInt(100);
        if (kind < 40) {
            return departure();
        }
        return kind < 60
                ? arrival("plain", plain(family(), random.nextInt(3) == 0))
                : protectedArrival().orElseGet(this::departure);
    }

    private Departure departure() {
        Family family = family();
        int protocol = pick(17, 17, 17, Payloads.icmp(family), OTHER_PROTOCOL);
        boolean udp = protocol == UdpHeader.PROTOCOL;
        boolean icmp = protocol == Payloads.icmp(family);
        return new Departure(
                pick(others(family)),
                protocol,
                udp ? pick(80, 5555) : icmp ? family == Family.INET ? 8 : 128 : 1,
                udp ? pick(80, 81, 7777) : 0,
                pick(8, 64, 85, 200, 700, 1390, 1450, 1472, 2500),
                pick(0, 0, 0xb8, 1, 3, 0x4b),
                pick(0, 0, 0, 1, 2, 0x101),
                pick(Discovery.values()));
    }

    /** Through one state, or through two, that lead here. */
    private Optional<Step> protectedArrival() {
        List<XfrmState> leading = states.all().stream()
                .filter(state -> state.id().destination().equals(Subject.local(state.family()))
                        && state.id().protocol().isIpsec())
                .toList();
        if (leading.isEmpty()) {
            return Optional.empty();
        }
        List<XfrmState> path = new ArrayList<>(List.of(pick(leading)));
        if (random.nextInt(4) == 0) {
            XfrmState outer = pick(leading);
            if (!outer.mode().equals(Mode.TUNNEL)
                    && outer.family() == path.get(0).family()) {
                path.add(outer);
            }
        }
        XfrmState first = path.get(0);
        boolean tunnel = first.mode().equals(Mode.TUNNEL);
        Family family = tunnel && first.selector().family() != Family.UNSPEC
                ? first.selector().family()
                : first.family();
        byte[] plain = tunnel
                ? plain(family, random.nextInt(4) == 0)
                : upper(first.source(), Subject.local(family), random.nextInt(4) == 0);
        return sealer.seal(plain, path)
                .map(bytes -> arrival(
                        path.stream().map(XfrmState::toString).reduce("", (one, other) -> one + " in " + other),
                        bytes));
    }

    private Step arrival(String text, byte[] packet) {
        PacketSpoiler.Spoiled spoiled = spoiler.spoil(packet);
        List<Bytes> packets = new ArrayList<>();
        for (byte[] each : spoiled.packets()) {
            // The first piece of IPv6 holds all headers (RFC 7112), or what are taken for some: Linux drops others.
            int least = each[0] >> 4 == 4 ? 4 : 24;
            List<byte[]> pieces = each.length > 200 && !spoiled.text().startsWith("renamed") && random.nextInt(6) == 0
                    ? Pieces.of(each, 8 * (least + random.nextInt(20)), random.nextInt())
                    : List.of(each);
            List<byte[]> shuffled = new ArrayList<>(pieces);
            Collections.shuffle(shuffled, random);
            shuffled.forEach(piece -> packets.add(Bytes.of(piece)));
        }
        return new Arrival(spoiled.text() + text, packets);
    }

    /** For this host, or for another. */
    private byte[] plain(Family family, boolean transit) {
        List<IpAddress> others = others(family);
        IpAddress source = pick(others);
        return upper(source, transit ? others.get(1 - others.indexOf(source)) : Subject.local(family), transit);
    }

    /** With more headers, sometimes. */
    private byte[] upper(IpAddress source, IpAddress destination, boolean transit) {
        byte[] packet = bare(source, destination, transit);
        return random.nextInt(6) == 0 ? MoreHeaders.add(packet, random) : packet;
    }

    private byte[] bare(IpAddress source, IpAddress destination, boolean transit) {
        PacketBuffer packet = PacketBuffer.of(Payloads.of(pick(0, 1, 48, 80, 200, 700, 1200)));
        boolean udp = random.nextInt(3) != 0;
        boolean v4 = source.family() == Family.INET;
        if (udp) {
            UdpHeader.prepend(packet, pick(80, 5555), pick(Subject.LISTENING));
        } else {
            IcmpHeader.prepend(packet, v4 ? IcmpHeader.V4_ECHO_REQUEST : IcmpHeader.V6_ECHO_REQUEST, 0, 0x770001);
        }
        int length = packet.length();
        IpHeader ip = IpHeader.prepend(packet, source, destination, udp ? 17 : Payloads.icmp(source.family()));
        ip.trafficClass(pick(0, 0, 0xb8, 2, 3));
        // Nothing that makes this host send an ICMP error: Linux asks the policy twice about those, see
        // docs/KERNEL-PARITY.md.
        ip.hopLimit(transit ? pick(64, 64, 2) : 64);
        if (ip instanceof Ipv4Header header) {
            header.dontFragment(random.nextBoolean());
            header.identification(ID);
        }
        ip.finish(packet.length());
        if (udp) {
            UdpHeader.read(packet, ip.length()).orElseThrow().updateChecksum(ip);
        } else {
            IcmpHeader.read(packet, ip.length()).orElseThrow().updateChecksum(ip, length);
        }
        return packet.toBytes();
    }

    private Family family() {
        return random.nextInt(3) == 0 ? Family.INET6 : Family.INET;
    }

    private static List<IpAddress> others(Family family) {
        return family == Family.INET ? OTHERS_V4 : OTHERS_V6;
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
