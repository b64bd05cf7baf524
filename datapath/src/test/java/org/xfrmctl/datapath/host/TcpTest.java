package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.tcp.State;
import org.xfrmctl.datapath.host.tcp.TcpConnection;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.model.IpAddress;

/** Connections between carol and moon, segment by segment. */
class TcpTest {
    private static final IpAddress CAROL = ip("192.168.0.100");
    private static final IpAddress MOON = ip("192.168.0.1");

    private final Gateways gateways = Gateways.withoutAlice();
    private final List<TcpConnection> accepted = new ArrayList<>();
    private final StringBuilder heard = new StringBuilder();
    private final StringBuilder answered = new StringBuilder();

    private TcpConnection connect() {
        gateways.moon.tcp().listen(80, connection -> {
            if (!accepted.contains(connection)) {
                accepted.add(connection);
            }
            heard.append(text(connection));
        });
        TcpConnection connection = gateways.carol.tcp().connect(MOON, 80, each -> answered.append(text(each)));
        gateways.network.pump();
        return connection;
    }

    private static String text(TcpConnection connection) {
        return new String(connection.read().toArray(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void later() {
        gateways.network.pass(600_000, () -> false);
    }

    @Test
    void afterOneEndClosesTheOtherMayStillSend() {
        TcpConnection carol = connect();
        carol.send(bytes("question"));
        carol.close();
        gateways.network.pump();
        TcpConnection moon = accepted.get(0);
        assertThat(carol.state()).isEqualTo(new State.FinWait2());
        assertThat(moon.state()).isEqualTo(new State.CloseWait());

        moon.send(bytes("answer"));
        gateways.network.pump();
        moon.close();
        gateways.network.pump();

        assertThat(heard).hasToString("question");
        assertThat(answered).hasToString("answer");
        assertThat(carol.state()).isEqualTo(new State.TimeWait());
        assertThat(moon.state()).isEqualTo(new State.Closed(""));
        later();
        assertThat(carol.state()).isEqualTo(new State.Closed(""));
    }

    @Test
    void bothMayCloseAtOnce() {
        TcpConnection carol = connect();
        carol.close();
        accepted.get(0).close();
        gateways.network.pump();

        assertThat(carol.state()).isEqualTo(new State.TimeWait());
        assertThat(accepted.get(0).state()).isEqualTo(new State.TimeWait());
    }

    @Test
    void nobodyListens() {
        TcpConnection carol = gateways.carol.tcp().connect(MOON, 81, each -> {});
        gateways.network.pump();

        assertThat(carol.state()).isEqualTo(new State.Closed("Connection refused"));
    }

    @Test
    void nobodyAnswers() {
        gateways.wan.impair(packet -> List.of());
        TcpConnection carol = gateways.carol.tcp().connect(MOON, 80, each -> {});
        later();

        // net.ipv4.tcp_syn_retries: the SYN goes seven times
        assertThat(gateways.onWan).hasSize(7);
        assertThat(carol.state()).isEqualTo(new State.Closed("Connection timed out"));
    }

    @Test
    void anAbortIsToldToThePeer() {
        TcpConnection carol = connect();
        carol.abort();
        gateways.network.pump();

        assertThat(accepted.get(0).state()).isEqualTo(new State.Closed("Connection reset by peer"));
    }

    @Test
    void whoDoesNotReadStopsTheSender() {
        List<TcpConnection> lazy = new ArrayList<>();
        gateways.moon.tcp().listen(80, connection -> {
            lazy.remove(connection);
            lazy.add(connection);
        });
        TcpConnection carol = gateways.carol.tcp().connect(MOON, 80, each -> {});
        carol.send(new byte[200_000]);
        gateways.network.pump();
        assertThat(carol.unacknowledged()).isEqualTo(200_000 - 65_535);

        // While the window is shut, one byte at a time asks whether it still is.
        int before = gateways.onWan.size();
        later();
        assertThat(gateways.onWan.size() - before).isBetween(4, 40);
        int read = 0;
        while (carol.unacknowledged() > 0) {
            read += lazy.get(0).read().length();
            gateways.network.pass(1000, () -> false);
        }
        read += lazy.get(0).read().length();
        assertThat(read).isEqualTo(200_000);
    }

    @Test
    void aForgedErrorChangesNothing() {
        TcpConnection carol = connect();
        int mss = carol.mss();
        PacketBuffer quote = PacketBuffer.of(new byte[0]);
        TcpHeader.prepend(quote, carol.ends().localPort(), 80, OptionalInt.empty())
                .fill(0x12345678, 0, TcpHeader.ACK, 0);
        IpHeader.prepend(quote, CAROL, MOON, TcpHeader.PROTOCOL);
        IcmpHeader.prepend(quote, IcmpHeader.V4_UNREACHABLE, IcmpHeader.V4_FRAGMENTATION_NEEDED, 600);
        int length = quote.length();
        IpHeader ip = IpHeader.prepend(quote, MOON, CAROL, IcmpHeader.PROTOCOL_V4);
        IcmpHeader.read(quote, ip.length()).orElseThrow().updateChecksum(ip, length);

        gateways.moon.inject(quote);
        carol.send(new byte[1]);

        assertThat(gateways.carol.tcp().outOfWindowIcmps()).isEqualTo(1);
        assertThat(carol.mss()).isEqualTo(mss);
    }

    @RepeatedTest(30)
    void noSegmentDoesHarm() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        TcpConnection carol = connect();
        TcpConnection moon = accepted.get(0);
        for (int i = 0; i < 300; i++) {
            if (random.nextInt(10) == 0) {
                act(random, random.nextBoolean() ? carol : moon);
            }
            gateways.moon.inject(spoiled(random, carol, lastWhole()));
        }
        assertThat(gateways.network.pass(3_600_000, () -> false))
                .as("seed %d", seed)
                .isFalse();
        // Whatever was done to that one, a new connection works.
        TransferOutcome outcome =
                Transfer.run(gateways.network, gateways.carol, gateways.moon, new TransferOptions(MOON, 10_000));
        assertThat(outcome.received()).as("seed %d", seed).isEqualTo(10_000);
    }

    /** The newest segment that is one. */
    private byte[] lastWhole() {
        for (int i = gateways.onWan.size() - 1; i >= 0; i--) {
            PacketBuffer packet = PacketBuffer.of(gateways.onWan.get(i));
            IpHeader known = IpHeader.read(packet).orElseThrow();
            int length = packet.length() - known.length();
            if (TcpHeader.read(packet, known.length())
                    .filter(tcp -> tcp.checksumIsValid(known, length))
                    .isPresent()) {
                return gateways.onWan.get(i);
            }
        }
        throw new AssertionError("no segment at all");
    }

    private static void act(Random random, TcpConnection connection) {
        switch (random.nextInt(4)) {
            case 0 -> connection.close();
            case 1 -> connection.read();
            default -> {
                if (connection.state().sends() && !(connection.state() instanceof State.Closed)) {
                    connection.send(new byte[random.nextInt(5000)]);
                }
            }
        }
    }

    /** A segment to carol of this connection, right but for a few fields, or the options, or the data. */
    private static PacketBuffer spoiled(Random random, TcpConnection connection, byte[] last) {
        byte[] payload = new byte[random.nextInt(4) == 0 ? random.nextInt(1400) : 0];
        random.nextBytes(payload);
        PacketBuffer packet = PacketBuffer.of(payload);
        IpHeader known = IpHeader.read(PacketBuffer.of(last)).orElseThrow();
        boolean fromMoon = known.source().equals(MOON);
        TcpHeader near = TcpHeader.read(PacketBuffer.of(last), known.length()).orElseThrow();
        OptionalInt mss = random.nextInt(5) == 0 ? OptionalInt.of(random.nextInt(65536)) : OptionalInt.empty();
        TcpHeader tcp = TcpHeader.prepend(packet, 80, connection.ends().localPort(), mss);
        int sequence = (fromMoon ? near.sequence() : near.acknowledgment()) + jump(random);
        int acknowledgment = (fromMoon ? near.acknowledgment() : near.sequence()) + jump(random);
        int control = random.nextInt(3) == 0 ? random.nextInt(64) : TcpHeader.ACK;
        tcp.fill(sequence, acknowledgment, control, random.nextInt(65536));
        int length = packet.length();
        if (random.nextInt(10) == 0) {
            packet.u8(12, random.nextInt(256));
        }
        IpHeader ip = IpHeader.prepend(packet, MOON, CAROL, TcpHeader.PROTOCOL);
        TcpHeader.read(packet, ip.length()).ifPresent(header -> header.updateChecksum(ip, length));
        return packet;
    }

    private static int jump(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt();
            case 1 -> random.nextInt(-70_000, 70_000);
            case 2 -> random.nextInt(-3, 3);
            default -> 0;
        };
    }
}
