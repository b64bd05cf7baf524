package org.xfrmctl.it.algorithm;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Bundle;
import org.xfrmctl.datapath.engine.InputProcessor;
import org.xfrmctl.datapath.engine.OutputProcessor;
import org.xfrmctl.datapath.engine.Packet;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.Verdict;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.it.guest.GuestCommand;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** In the guest: for each case a datagram that Linux protects and the userspace kernel opens, and one the other way. */
final class Exchange {
    private static final int PORT = 7777;
    private static final int PATIENCE_MILLIS = 10_000;

    private final XfrmClient client;
    private final TunDevice device;
    private final Random random = new Random(1);

    private Exchange(XfrmClient client, TunDevice device) {
        this.client = client;
        this.device = device;
    }

    /** {@code args[0]} is the file to write: a line for a case. */
    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        try (TunDevice device = TunDevice.open();
                XfrmClient client = new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM))) {
            GuestCommand.run("ip link set exchange up");
            for (String address : List.of("10.9.0.1/24", "10.9.1.1/24", "fd09::1/64", "fd09:1::1/64")) {
                String nodad = address.contains(":") ? " nodad" : "";
                GuestCommand.run("ip addr add " + address + " dev exchange" + nodad);
            }
            Exchange exchange = new Exchange(client, device);
            for (ExchangeCase each : ExchangeCase.all()) {
                lines.add(each.name() + ": " + exchange.outcome(each));
            }
        }
        Files.write(Path.of(args[0]), lines);
    }

    private String outcome(ExchangeCase each) throws IOException {
        client.flushStates(IpProtocol.ANY);
        client.flushPolicies(PolicyType.MAIN);
        client.addState(each.outbound());
        client.addState(each.inbound());
        client.addPolicy(policy(
                each,
                each.selector(),
                Direction.OUT,
                each.outbound().source(),
                each.outbound().id()));
        client.addPolicy(policy(
                each,
                each.reverse(),
                Direction.IN,
                each.inbound().source(),
                each.inbound().id()));
        XfrmNamespace userspace = new XfrmNamespace(Clock.systemUTC(), random);
        InetSocketAddress near =
                new InetSocketAddress(InetAddress.getByName(each.near().toString()), PORT);
        try (DatagramSocket socket = new DatagramSocket(near)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            for (int length : new int[] {1, 64, 1000}) {
                byte[] data = new byte[length];
                random.nextBytes(data);
                fromLinux(each, userspace, socket, data);
                toLinux(each, userspace, socket, data);
            }
            return "ok";
        } catch (IOException | IllegalStateException e) {
            return e.getMessage() + "; xfrm_stat: " + statistics();
        }
    }

    private void fromLinux(ExchangeCase each, XfrmNamespace userspace, DatagramSocket socket, byte[] data)
            throws IOException {
        InetAddress far = InetAddress.getByName(each.far().toString());
        socket.send(new DatagramPacket(data, data.length, far, PORT));
        PacketBuffer packet = PacketBuffer.of(device.nextProtected());
        if (userspace.states().list().isEmpty()) {
            userspace.states().insert(each.outbound());
            userspace.states().insert(each.inbound());
        }
        Verdict verdict = new InputProcessor(userspace).receive(new Packet(packet));
        byte[] all = packet.toBytes();
        if (!(verdict instanceof Verdict.Forward)
                || !Arrays.equals(data, Arrays.copyOfRange(all, all.length - data.length, all.length))
                || !IpHeader.read(packet).orElseThrow().source().equals(each.near())) {
            throw new IllegalStateException("from Linux: " + verdict);
        }
    }

    private void toLinux(ExchangeCase each, XfrmNamespace userspace, DatagramSocket socket, byte[] data)
            throws IOException {
        PacketBuffer packet = PacketBuffer.of(data);
        UdpHeader udp = UdpHeader.prepend(packet, PORT, PORT);
        IpHeader ip = IpHeader.prepend(packet, each.far(), each.near(), UdpHeader.PROTOCOL);
        UdpHeader.read(packet, ip.length()).orElseThrow().updateChecksum(ip);
        SecurityAssociation association = userspace
                .states()
                .find(each.inbound().id(), 0)
                .orElseThrow(() -> new IllegalStateException("no state for " + udp.length() + " bytes"));
        Bundle bundle = new Bundle(1400, List.of(new Bundle.Step(association, 1500)));
        Verdict verdict = new OutputProcessor(userspace, () -> 77).transform(new Packet(packet), bundle);
        if (!(verdict instanceof Verdict.Forward)) {
            throw new IllegalStateException("to Linux: " + verdict);
        }
        device.receive(packet.toBytes());
        DatagramPacket received = new DatagramPacket(new byte[2000], 2000);
        socket.receive(received);
        if (!Arrays.equals(data, Arrays.copyOf(received.getData(), received.getLength()))) {
            throw new IllegalStateException("to Linux: other data arrived");
        }
    }

    private static XfrmPolicy policy(
            ExchangeCase each, Selector selector, Direction direction, IpAddress source, SaId id) {
        Template template = each.mode().equals(Mode.TRANSPORT)
                ? Template.transport(each.outer(), each.protocol(), ExchangeCase.REQID, Level.REQUIRED)
                : new Template(
                        new SaId(id.destination(), Spi.NONE, each.protocol()),
                        source,
                        ExchangeCase.REQID,
                        each.mode(),
                        Level.REQUIRED,
                        Template.AlgorithmMasks.ALL,
                        0);
        return XfrmPolicy.builder(selector, direction)
                .templates(List.of(template))
                .build();
    }

    private static String statistics() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/xfrm_stat")).stream()
                .filter(line -> !line.endsWith("\t0"))
                .map(line -> line.replaceAll("\\s+", " ").strip())
                .collect(Collectors.joining(", "));
    }
}
