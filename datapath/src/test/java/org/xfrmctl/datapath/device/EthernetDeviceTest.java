package org.xfrmctl.datapath.device;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Samples;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.host.Host;
import org.xfrmctl.datapath.host.Identifiers;
import org.xfrmctl.datapath.host.NetworkInterface;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Network;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Bytes;

/** Two hosts on an Ethernet that is a list of frames, and frames made by hand. */
class EthernetDeviceTest {
    private static final String NO_VIRTIO = "00000000000000000000";
    private static final String MAC = "020000000002";
    private static final String OTHER = "020000000001";

    private final HandClock clock = new HandClock();
    private final Network network = new Network();
    private final List<String> frames = new ArrayList<>();
    private final List<byte[]> delivered = new ArrayList<>();
    private final EthernetDevice device = new EthernetDevice(
            Bytes.parseHex(MAC), List.of(ip("10.9.0.2"), ip("fd09::2")), this::note, delivered::add, clock::millis);

    private void note(ByteBuffer frame) {
        assertThat(hex(frame)).startsWith(NO_VIRTIO);
        frames.add(hex(frame).substring(NO_VIRTIO.length()));
    }

    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return HexFormat.of().formatHex(copy);
    }

    private void arrive(String frame) {
        arrive(NO_VIRTIO, frame);
    }

    private void arrive(String virtio, String frame) {
        device.arrive(ByteBuffer.wrap(HexFormat.of().parseHex((virtio + frame).replace(" ", ""))));
    }

    /** Who is asked by ARP knows who asked; the question by IPv6 comes from a link-local address, so there are two. */
    @ParameterizedTest
    @CsvSource({"10.9.0.2, 1", "fd09::2, 2"})
    void hostsFindEachOther(String destination, int questions) {
        Host near = host("near", 1);
        Host far = host("far", 2);
        Link here = network.link("here", 1500);
        Link there = network.link("there", 1500);
        List<Device> ends = new ArrayList<>();
        List<ByteBuffer> wire = new ArrayList<>();
        ends.add(join(near, here, OTHER, List.of("10.9.0.1/24", "fd09::1/64"), frame -> {
            wire.add(frame);
            ends.get(1).arrive(frame);
        }));
        ends.add(join(far, there, MAC, List.of("10.9.0.2/24", "fd09::2/64"), frame -> {
            wire.add(frame);
            ends.get(0).arrive(frame);
        }));
        assertThat(near.ping(PingOptions.of(ip(destination), 3000).withCount(2)).received())
                .isEqualTo(2);
        // Three fragments each way, twice.
        assertThat(wire).hasSize(2 * questions + 2 * 2 * 3);
        assertThat(ends).extracting(Device::untilTimers).containsOnly(Device.NEVER);
    }

    private EthernetDevice join(Host host, Link link, String mac, List<String> addresses, Consumer<ByteBuffer> wire) {
        NetworkInterface port =
                host.attach("eth0", link, addresses.stream().map(Samples::net).toList());
        EthernetDevice end = new EthernetDevice(
                Bytes.parseHex(mac),
                addresses.stream().map(text -> net(text).address()).toList(),
                wire,
                packet -> network.deliver(port, packet),
                clock::millis);
        link.attach(end);
        return end;
    }

    private Host host(String name, long seed) {
        return new Host(name, network, clock, new Random(seed), Identifiers.random(new Random(seed)));
    }

    @Test
    void answersArpForItsOwnAddressOnly() {
        String request =
                "ffffffffffff 020000000001 0806 0001 0800 06 04 0001 020000000001 0a090001 000000000000 0a0900";
        arrive(request + "03");
        assertThat(frames).isEmpty();
        arrive(request + "02");
        assertThat(frames)
                .containsExactly(
                        "0200000000010200000000020806" + "0001080006040002" + MAC + "0a090002" + OTHER + "0a090001");
    }

    @Test
    void answersSolicitationsForItsOwnAddressesOnly() {
        solicit("fd09::3", 255);
        solicit("fd09::2", 254);
        assertThat(frames).isEmpty();
        solicit("fd09::2", 255);
        solicit("fe80::ff:fe00:2", 255);
        assertThat(frames).hasSize(2);
        // To the asker, with hop limit 255: solicited, override, and this end's Ethernet address.
        assertThat(frames.get(0))
                .startsWith("020000000001" + MAC + "86dd" + "6000000000203aff" + "fd090000000000000000000000000002"
                        + "fd090000000000000000000000000001" + "8800")
                .endsWith("60000000" + "fd090000000000000000000000000002" + "0201" + MAC);
    }

    private void solicit(String target, int hopLimit) {
        NeighbourMessage question = new NeighbourMessage(
                false,
                ip("fd09::1"),
                ip("ff02::1:ff00:2"),
                ip(target),
                false,
                Optional.of(MacAddress.of(Bytes.parseHex(OTHER))));
        byte[] packet = question.packet();
        packet[7] = (byte) hopLimit;
        arrive("3333ff000002" + OTHER + "86dd" + HexFormat.of().formatHex(packet));
    }

    /** Address resolution by RFC 4861, section 7.2.2: three questions, a second apart, then what waits is lost. */
    @ParameterizedTest
    @CsvSource({"10.9.0.1, 4", "fd09::1, 6"})
    void asksThreeTimesAndForgets(String neighbour, int version) {
        byte[] packet = {(byte) (version << 4)};
        device.receive(packet, ip(neighbour));
        assertThat(frames).hasSize(1);
        assertThat(device.untilTimers()).isEqualTo(1000);
        for (int second = 1; second <= 4; second++) {
            clock.advance(1);
            device.runTimers();
        }
        assertThat(frames).hasSize(3);
        assertThat(new HashSet<>(frames)).hasSize(1);
        assertThat(device.untilTimers()).isEqualTo(Device.NEVER);
        arrive("020000000002 020000000001 0806 0001 0800 06 04 0002 020000000001 0a090001 020000000002 0a090002");
        assertThat(frames).hasSize(3);
    }

    @Test
    void usesWhatItKnowsWhileItAsksAgain() {
        String answer =
                "020000000002 020000000001 0806 0001 0800 06 04 0002 020000000001 0a090001 020000000002 0a090002";
        byte[] packet = {0x45};
        device.receive(packet, ip("10.9.0.1"));
        arrive(answer);
        clock.advance(29);
        device.receive(packet, ip("10.9.0.1"));
        assertThat(frames).hasSize(3);
        clock.advance(1);
        device.receive(packet, ip("10.9.0.1"));
        assertThat(frames).hasSize(5).last().asString().startsWith("ffffffffffff");
        arrive(answer);
        device.receive(packet, ip("10.9.0.1"));
        assertThat(frames).hasSize(6);
    }

    /** What a real kernel leaves to the network card: the sum from the UDP header on, over that of the pseudo header. */
    @Test
    void finishesChecksumsThatAreNotReady() {
        PacketBuffer buffer = PacketBuffer.of("some data".getBytes(US_ASCII));
        UdpHeader.prepend(buffer, 1, 2);
        IpHeader ip = IpHeader.prepend(buffer, ip("10.9.0.1"), ip("10.9.0.2"), UdpHeader.PROTOCOL);
        ip.finish(buffer.length());
        UdpHeader.read(buffer, 20).orElseThrow().updateChecksum(ip);
        byte[] right = buffer.toBytes();
        // The sum of 10.9.0.1, 10.9.0.2, 17 and the length, not inverted.
        buffer.u16(26, 0x0a09 + 0x0001 + 0x0a09 + 0x0002 + 17 + 17);
        String littleEndian = "01 00 0000 0000 2200 0600";
        arrive(littleEndian, MAC + OTHER + "0800" + HexFormat.of().formatHex(buffer.toBytes()));
        assertThat(delivered).singleElement().isEqualTo(right);
    }

    @Test
    void cutsWhatIsLongerThanTheWire() {
        PacketBuffer buffer = PacketBuffer.of("ten bytes.".getBytes(US_ASCII));
        TcpHeader.prepend(buffer, 1, 2, OptionalInt.empty()).fill(100, 7, TcpHeader.ACK | TcpHeader.PSH, 9);
        IpHeader ip = IpHeader.prepend(buffer, ip("10.9.0.1"), ip("10.9.0.2"), TcpHeader.PROTOCOL);
        ip.finish(buffer.length());
        String fourBytesEach = "01 81 3600 0400 2200 1000";
        arrive(fourBytesEach, MAC + OTHER + "0800" + HexFormat.of().formatHex(buffer.toBytes()));
        assertThat(delivered).extracting(packet -> packet.length).containsExactly(44, 44, 42);
        String unknown = "01 03 3600 0400 2200 1000";
        arrive(unknown, MAC + OTHER + "0800" + HexFormat.of().formatHex(buffer.toBytes()));
        assertThat(delivered).hasSize(3);
    }

    @Test
    void hearsOnlyWhatIsForIt() {
        String packet = "0800 45000014000000004001" + "0000" + "0a0900010a090002";
        arrive("020000000003" + OTHER + packet);
        arrive("ffffffffffff" + OTHER + packet);
        assertThat(delivered).isEmpty();
        arrive(MAC + OTHER + packet);
        assertThat(delivered).hasSize(1);
    }

    @Test
    void nothingOnTheWireStopsIt() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        String[] types = {"0800", "0806", "86dd"};
        for (int i = 0; i < 20_000; i++) {
            byte[] rest = new byte[random.nextInt(120)];
            random.nextBytes(rest);
            if (rest.length > 41 && random.nextBoolean()) {
                byte[] discovery = {0x60, 0, 0, 0, 0, (byte) (rest.length - 40), 58, (byte) 255};
                System.arraycopy(discovery, 0, rest, 0, discovery.length);
                rest[40] = (byte) (133 + random.nextInt(5));
            }
            byte[] virtio = new byte[10];
            random.nextBytes(virtio);
            // Nothing, TCP or UDP to be cut, or what nobody knows.
            virtio[1] = (byte) random.nextInt(7);
            String to = random.nextBoolean() ? MAC : "ffffffffffff";
            arrive(
                    HexFormat.of().formatHex(virtio),
                    to + OTHER + types[random.nextInt(3)] + HexFormat.of().formatHex(rest));
        }
        device.arrive(ByteBuffer.wrap(new byte[23]));
        assertThat(delivered).isNotEmpty();
    }
}
