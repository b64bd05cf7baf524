package org.xfrmctl.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.cli.daemon.DoorRequest.Operation;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.PingOutcome;
import org.xfrmctl.datapath.host.rules.PacketRules;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.sys.PacketConnection;
import org.xfrmctl.netlink.sys.PacketListener;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** The door without the preload library: what stands in the datagrams of its connections. */
@Timeout(20)
class NetlinkDoorTest {
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path directory;

    private final SetClock clock = new SetClock();
    private final UserspaceKernel kernel = new UserspaceKernel(new XfrmNamespace(clock, new Random(1)));
    private final PacketRules rules = new PacketRules();
    private final List<PacketConnection> connections = new ArrayList<>();
    private Path path;
    private NetlinkDoor door;
    private CompletableFuture<Void> running;

    @BeforeEach
    void open() throws IOException {
        path = directory.resolve("door");
        door = new NetlinkDoor(kernel, NetlinkDoorTest::answerAll, rules, PacketListener.at(path));
        running = CompletableFuture.runAsync(door::run);
    }

    @AfterEach
    void close() {
        door.close();
        running.join();
        connections.forEach(PacketConnection::close);
    }

    private static PingOutcome answerAll(PingOptions options) {
        return new PingOutcome(options.count(), options.count(), Optional.of("to " + options.destination()));
    }

    @Test
    void theHostPingsForWhoAsks() {
        PacketConnection connection = dial();
        connection.send(new PingRequest(IpAddress.parse("fd00::1"), 56, 3).bytes());

        assertThat(PingRequest.outcome(connection.receive().orElseThrow()))
                .isEqualTo(new PingOutcome(3, 3, Optional.of("to fd00::1")));
    }

    @Test
    void everyConnectionIsASocketOfItsOwn() {
        int first = open(dial()).getInt(4);
        PacketConnection connection = dial();
        int second = open(connection).getInt(4);

        connection.send(getDefault(7));
        NetlinkMessage answer =
                NetlinkMessage.split(connection.receive().orElseThrow()).get(0);

        assertThat(second).isNotZero().isNotEqualTo(first);
        assertThat(answer.type()).isEqualTo(XfrmMsg.GETDEFAULT);
        assertThat(answer.sequence()).isEqualTo(7);
        assertThat(answer.header().pid()).isEqualTo(second);
    }

    @Test
    void bindSetsPortAndGroupsBeforeItIsAnswered() {
        PacketConnection connection = dial();
        int port = open(connection).getInt(4);

        assertThat(ask(new DoorRequest(Operation.BIND, port, 4711, 1 << (XfrmGroup.POLICY - 1))))
                .isEqualTo(DoorRequest.done(4711));
        addPolicy("10.0.0.0/8", Limit.NEVER);

        assertThat(heard(connection)).isEqualTo(XfrmMsg.NEWPOLICY);
    }

    @Test
    void groupsAreJoinedAndLeft() {
        PacketConnection connection = dial();
        int port = open(connection).getInt(4);

        ask(new DoorRequest(Operation.JOIN, port, XfrmGroup.POLICY, 0));
        addPolicy("10.0.0.0/8", Limit.NEVER);
        ask(new DoorRequest(Operation.LEAVE, port, XfrmGroup.POLICY, 0));
        addPolicy("10.1.0.0/16", Limit.NEVER);
        connection.send(getDefault(1));

        assertThat(heard(connection)).isEqualTo(XfrmMsg.NEWPOLICY);
        assertThat(heard(connection)).isEqualTo(XfrmMsg.GETDEFAULT);
    }

    @Test
    void whatCannotBeIsRefusedByNumber() {
        int port = open(dial()).getInt(4);
        int taken = open(dial()).getInt(4);

        assertThat(ask(new DoorRequest(Operation.BIND, port, taken, 0)))
                .isEqualTo(DoorRequest.refused(Errno.EADDRINUSE.number()));
        assertThat(ask(new DoorRequest(Operation.JOIN, port, 33, 0)))
                .isEqualTo(DoorRequest.refused(Errno.EINVAL.number()));
        assertThat(ask(new DoorRequest(Operation.JOIN, port + 100, 1, 0)))
                .isEqualTo(DoorRequest.refused(Errno.EBADF.number()));
    }

    @Test
    void whoSaysSomethingElseIsShownOut() {
        PacketConnection connection = dial();
        connection.send(getDefault(1));

        assertThat(connection.receive()).isEmpty();
    }

    @Test
    void timeLimitsApplyWithoutARequest() {
        PacketConnection connection = dial();
        int port = open(connection).getInt(4);
        ask(new DoorRequest(Operation.JOIN, port, XfrmGroup.EXPIRE, 0));
        addPolicy("10.0.0.0/8", new Limit(0, 60));
        clock.now = START.plusSeconds(61);

        assertThat(heard(connection)).isEqualTo(XfrmMsg.POLEXPIRE);
    }

    /** The Unix socket's buffer takes some hundred events, the queue behind it some thousand; the news comes between. */
    @Test
    void aSlowListenerIsToldThatEventsWereLost() {
        PacketConnection connection = dial();
        int port = open(connection).getInt(4);
        ask(new DoorRequest(Operation.JOIN, port, XfrmGroup.POLICY, 0));
        XfrmPolicy policy = policy("10.0.0.0/8", Limit.NEVER);
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            for (int i = 0; i < 10_000; i++) {
                client.updatePolicy(policy);
            }
        }

        int events = 0;
        while (connection.receive().orElseThrow().remaining() > 1) {
            events++;
        }
        assertThat(events).isBetween(1, 9_999);
        assertThat(heard(connection)).isEqualTo(XfrmMsg.UPDPOLICY);
    }

    @Test
    void closingEndsEveryConnection() {
        PacketConnection connection = dial();
        open(connection);
        door.close();

        assertThat(connection.receive()).isEmpty();
    }

    private PacketConnection dial() {
        PacketConnection connection = PacketConnection.to(path);
        connections.add(connection);
        return connection;
    }

    private static ByteBuffer open(PacketConnection connection) {
        return ask(connection, new DoorRequest(Operation.OPEN, 0, 0, 0));
    }

    private ByteBuffer ask(DoorRequest request) {
        try (PacketConnection connection = PacketConnection.to(path)) {
            return ask(connection, request);
        }
    }

    private static ByteBuffer ask(PacketConnection connection, DoorRequest request) {
        connection.send(request.bytes());
        ByteBuffer answer = connection.receive().orElseThrow();
        return ByteBuffer.allocate(answer.remaining())
                .order(ByteOrder.nativeOrder())
                .put(answer)
                .flip();
    }

    private static int heard(PacketConnection connection) {
        return NetlinkMessage.split(connection.receive().orElseThrow()).get(0).type();
    }

    private static ByteBuffer getDefault(int sequence) {
        return new MessageWriter()
                .begin(XfrmMsg.GETDEFAULT, Netlink.NLM_F_REQUEST, sequence, 0)
                .bodyU32(0)
                .end()
                .datagram();
    }

    private void addPolicy(String source, Limit added) {
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            client.addPolicy(policy(source, added));
        }
    }

    private static XfrmPolicy policy(String source, Limit added) {
        return XfrmPolicy.builder(Selector.between(IpPrefix.parse(source), IpPrefix.parse("0.0.0.0/0")), Direction.OUT)
                .limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, added, Limit.NEVER))
                .build();
    }

    /** Shows what it was set to. */
    private static final class SetClock extends Clock {
        /** Set by the test and read by the door's threads. */
        private volatile Instant now = START;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
