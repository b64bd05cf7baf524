package org.xfrmctl.datapath.host;

import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.transport;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.CapturedTable;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.host.tcp.State;
import org.xfrmctl.datapath.host.tcp.TcpConnection;
import org.xfrmctl.datapath.kernel.KernelSocket;
import org.xfrmctl.datapath.kernel.StateText;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.DumpFilter;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** The table result-misc.txt from its first line to its last: what sockets are told, which state is taken, what is updated. */
class MiscTableTest {
    private static final Plan P = Plan.V4;
    private static final int PORT = 40_000;
    private static final Template ESP = transport(P.carol(), IpProtocol.ESP, Level.REQUIRED);

    private final CapturedTable table = CapturedTable.of("result-misc.txt", MiscTableTest::masked);
    private Gateways gateways = Gateways.withoutAlice();

    private static String masked(String line) {
        return line.replaceAll("id=(?!0000)[0-9a-f]{4}", "id=*")
                .replaceAll("'add': \\d{10}", "'add': *")
                .replaceAll("t=(\\d)\\.\\d", "t=$1");
    }

    @Test
    void everyLine() {
        sockets();
        optionalTemplates();
        choice();
        updates();
        timers();
        moves();
        sizes();
        table.assertSame();
    }

    private UserspaceKernel fresh() {
        gateways = Gateways.withoutAlice();
        return new UserspaceKernel(gateways.carol.namespace());
    }

    private void add(XfrmPolicy.Builder policy) {
        Gateways.add(gateways.carol, policy.build());
    }

    private static XfrmPolicy.Builder toMoon(Plan plan) {
        return policy(Direction.OUT, plan.carol(), plan.moon());
    }

    private Optional<String> send(Plan plan, int length) {
        return gateways.carol.udp().send(PORT, ip(plan.moon()), 9, Bytes.of(new byte[length]));
    }

    private void sockets() {
        fresh();
        for (Plan plan : List.of(P, Plan.V6)) {
            add(toMoon(plan).action(PolicyAction.BLOCK));
        }
        sockets("block");
        fresh();
        for (Plan plan : List.of(P, Plan.V6)) {
            add(toMoon(plan).templates(List.of(transport(plan.carol(), IpProtocol.ESP, Level.REQUIRED))));
        }
        sockets("nostates larval_drop=1");
        fresh();
        gateways.carol.namespace().defaultAction(Direction.OUT, PolicyAction.BLOCK);
        table.say(String.join(
                " | ",
                "default out block " + counted("udp sendto", () -> send(P, 1)),
                counted("tcp connect", this::connect),
                counted("udp6 sendto", () -> send(Plan.V6, 1))));
    }

    /** Why a connection does not come about, at once. */
    private Optional<String> connect() {
        TcpConnection connection = gateways.carol.tcp().connect(ip(P.moon()), 9, changed -> {});
        return connection.state() instanceof State.Closed closed ? Optional.of(closed.reason()) : Optional.empty();
    }

    private void sockets(String title) {
        table.say(title + " "
                + Stream.of(counted("udp sendto", () -> send(P, 1)), counted("udp6 sendto", () -> send(Plan.V6, 1)))
                        .collect(Collectors.joining(" | ")));
    }

    private String counted(String call, Supplier<Optional<String>> send) {
        Map<XfrmCounter, Long> before = Gateways.statistics(gateways.carol);
        String outcome = send.get().map(MiscTableTest::errno).orElse("ok");
        gateways.network.pump();
        return call + " " + outcome + " " + Wire.statistics(gateways.carol, before);
    }

    private static String errno(String words) {
        return switch (words) {
            case "Operation not permitted" -> "EPERM";
            case "Message too long" -> "EMSGSIZE";
            default -> words;
        };
    }

    private void optionalTemplates() {
        table.say("== level use out transport, no state -> cleartext?");
        fresh();
        add(toMoon(P).templates(List.of(transport(P.carol(), IpProtocol.ESP, Level.USE))));
        send(P, 1);
        gateways.network.pump();
        table.say(Wire.packets(gateways.onWan.subList(0, 1)) + " " + Wire.statistics(gateways.carol));
        table.say("== two templates, first optional unresolved (comp use + esp)");
        fresh();
        gateways.add(nullCipher(0x111).build());
        add(toMoon(P).templates(List.of(transport(P.carol(), IpProtocol.COMP, Level.USE), ESP)));
        send(P, 1);
        gateways.network.pump();
        table.say(Wire.packets(gateways.onWan.subList(0, 1)) + " " + Wire.statistics(gateways.carol));
    }

    private static XfrmState.Builder nullCipher(int spi) {
        return esp(P.carol(), P.moon(), spi, Mode.TRANSPORT)
                .algorithms(List.of(new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY)));
    }

    /** The SPI of what is sent now. */
    private String chosen() {
        gateways.onWan.clear();
        send(P, 1);
        gateways.network.pump();
        return "['" + HexFormat.of().formatHex(gateways.onWan.get(0), 20, 24) + "']";
    }

    private void choice() {
        table.say("== SA choice");
        XfrmClient client = new XfrmClient(fresh().open());
        add(toMoon(P).templates(List.of(ESP)));
        client.addState(nullCipher(0x201).build());
        client.addState(nullCipher(0x202).build());
        table.say("two added in same second (201 then 202): " + chosen());
        gateways.clock.advance(1);
        client.addState(nullCipher(0x203).build());
        table.say("third added a second later: " + chosen());
        client.expireState(nullCipher(0x203).build(), false);
        table.say("after user soft EXPIRE on 203 (no dying set): " + chosen());
        client.flushStates(IpProtocol.ANY);
        client.addState(nullCipher(0x301).build());
        gateways.clock.advance(1);
        client.addState(nullCipher(0x302)
                .limits(new LifetimeLimits(
                        Limit.INFINITE, new Limit(1, LifetimeLimits.INFINITE), Limit.NEVER, Limit.NEVER))
                .build());
        table.say("302 newest " + chosen() + " " + chosen() + " " + chosen() + " (302 soft-expired after >=1 packets)");
        gateways.clock.advance(1);
        client.addState(nullCipher(0x303)
                .selector(Selector.between(net(P.carol()), net("192.168.0.77")))
                .build());
        table.say("303 selector mismatch skipped " + chosen());
    }

    private void updates() {
        table.say("== UPDSA semantics");
        XfrmClient client = new XfrmClient(fresh().open());
        byte[] key = new byte[20];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (i + 1);
        }
        XfrmState before = esp(P.carol(), P.moon(), 0x111, Mode.TUNNEL)
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(key), 128)))
                .replay(new ReplayState.Basic(32, 5, 6, 7))
                .flags(StateFlags.NONE.with(StateFlag.NOECN))
                .build();
        client.addState(before);
        client.updateState(esp("192.168.0.99", P.moon(), 0x111, Mode.TRANSPORT)
                .reqid(new Reqid(9))
                .seq(77)
                .flags(StateFlags.NONE.with(StateFlag.DECAP_DSCP))
                .replay(new ReplayState.Basic(8, 50, 60, 70))
                .limits(new LifetimeLimits(
                        new Limit(LifetimeLimits.INFINITE, 123), Limit.INFINITE, Limit.NEVER, Limit.NEVER))
                .options(StateOptions.NONE.withOutputMark(Optional.of(new Mark(8, -1))))
                .ifId(new IfId(44))
                .build());
        table.say("UPDSA changing everything: OK");
        table.say("-> " + stored(client));
        table.say("== UPDSA resets dying? soft expire re-fires");
    }

    private static String stored(XfrmClient client) {
        List<NetlinkMessage> messages = new ArrayList<>();
        client.dumpStates(DumpFilter.NONE, messages::add);
        ByteBuffer bytes = messages.get(0).bytes();
        byte[] message = new byte[bytes.remaining()];
        bytes.duplicate().get(message);
        // Of the cipher the table has the key alone.
        String attributes = StateText.attributes(message, 224, true).replaceFirst("'[0-9a-f]{144}", "'");
        return StateText.fields(message) + ", 'family': " + StateText.family(message) + "} " + attributes + " sel "
                + HexFormat.of().formatHex(message, 16, 24) + " hard_byte "
                + bytes.getLong(16 + 104);
    }

    private void timers() {
        table.say("== policy timers/use");
        UserspaceKernel kernel = fresh();
        XfrmClient client = new XfrmClient(kernel.open());
        KernelSocket listener = kernel.open();
        listener.join(2);
        client.addPolicy(policy(Direction.OUT, P.carol(), P.moon())
                .limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(1, 3), Limit.NEVER))
                .build());
        for (int second = 1; second <= 3; second++) {
            gateways.clock.advance(1);
            kernel.runTimers();
            Optional<ByteBuffer> event = listener.receiveNow();
            if (event.isPresent()) {
                NetlinkMessage message = NetlinkMessage.split(event.get()).get(0);
                table.say("t=" + second + ".0 POLEXPIRE hard " + message.bytes().get(16 + 168) + " len "
                        + message.header().len());
            }
        }
        XfrmPolicy used = toMoon(P).build();
        client.addPolicy(used);
        LifetimeCurrent before = client.listPolicies().get(0).current();
        table.say("before use " + amount(before) + " " + before.useTime());
        gateways.clock.advance(1);
        send(P, 1);
        LifetimeCurrent after = client.listPolicies().get(0).current();
        table.say("after use bytes/packets " + amount(after) + " use_time set " + python(after.useTime() != 0));
        gateways.clock.advance(1);
        client.updatePolicy(used);
        LifetimeCurrent updated = client.listPolicies().get(0).current();
        table.say("after UPDPOLICY " + amount(updated) + " use_time " + updated.useTime() + " add reset "
                + python(updated.addTime() > before.addTime()));
    }

    private static String amount(LifetimeCurrent current) {
        return "(" + current.bytes() + ", " + current.packets() + ")";
    }

    private static String python(boolean value) {
        return value ? "True" : "False";
    }

    private void moves() {
        table.say("== AEVENTS");
        UserspaceKernel kernel = fresh();
        gateways.add(nullCipher(0x111).build());
        add(toMoon(P).templates(List.of(ESP)));
        KernelSocket listener = kernel.open();
        listener.join(5);
        for (int i = 0; i < 4; i++) {
            send(P, 1);
        }
        for (Optional<ByteBuffer> next = listener.receiveNow(); next.isPresent(); next = listener.receiveNow()) {
            byte[] message = new byte[next.get().remaining()];
            next.get().duplicate().get(message);
            table.say("NEWAE flags " + message[16 + 40] + " " + StateText.attributes(message, 48, false));
        }
    }

    /** Transport mode: what goes in one piece with DF. */
    private void sizes() {
        table.say("== PROBE");
        gateways = Gateways.withoutAlice().espTunnel(P);
        probe(2, Discovery.DO);
        probe(3, Discovery.PROBE);
        probe(4, Discovery.INTERFACE);
        table.say("== transport mode: oversize forwarded? local DF udp with transport esp");
        fresh();
        gateways.espTransport(P, gcm(128));
        table.say("IP_MTU " + Wire.mtu(gateways.carol, new Flow(ip(P.carol()), ip(P.moon()), 17, PORT, 9)));
        for (int length : new int[] {1430, 1438, 1439, 1446}) {
            gateways.onWan.clear();
            Optional<String> error = gateways.carol.udp().sendWhole(PORT, ip(P.moon()), 9, Bytes.of(new byte[length]));
            table.say(length + " " + error.map(MiscTableTest::errno).orElse("ok") + " " + gateways.lengthsOnWan());
        }
    }

    private void probe(int number, Discovery discovery) {
        Supplier<Optional<String>> fits = () -> gateways.carol.send(Wire.udp(P.carol(), P.alice(), 1472, discovery));
        Supplier<Optional<String>> longer = () -> gateways.carol.send(Wire.udp(P.carol(), P.alice(), 1473, discovery));
        table.say("mode " + number + " " + counted("1472:", fits) + " " + counted("1473", longer));
    }
}
