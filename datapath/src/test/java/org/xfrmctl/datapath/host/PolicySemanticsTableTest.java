package org.xfrmctl.datapath.host;

import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.host.PolicyMatrixTest.network;
import static org.xfrmctl.datapath.host.PolicyMatrixTest.target;
import static org.xfrmctl.datapath.host.PolicyMatrixTest.templates;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.CapturedTable;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.host.PolicyMatrixTest.Way;
import org.xfrmctl.datapath.kernel.KernelSocket;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.DefaultsText;
import org.xfrmctl.netlink.text.MessageText;
import org.xfrmctl.netlink.text.TextOptions;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** The table result-policy-semantics.txt from its first line to its last: pings, and what both gateways count. */
class PolicySemanticsTableTest {
    private static final Plan P = Plan.V4;
    private static final int SMALL = 56;
    private static final int LARGE = 1000;

    private final CapturedTable table =
            CapturedTable.of("result-policy-semantics.txt", PolicySemanticsTableTest::masked);
    private Gateways gateways = Gateways.withoutAlice();

    /** Without times, ports and the hop limit that a ping does not tell here. */
    private static String masked(String line) {
        return line.replaceAll("ttl=\\d+ time=[\\d.]+ ms", "ttl time")
                .replaceAll("time \\d+ms", "time")
                .replaceAll("sport \\d+", "sport *")
                .replaceAll("add \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d", "add *");
    }

    @Test
    void everyLine() {
        compressionInTransport();
        compressionInTunnels();
        clearText();
        withoutTemplates();
        blocks();
        withoutStates();
        errors();
        interfaces();
        ties();
        table.assertSame();
    }

    private void section(String title, Way way) {
        table.say("### " + title);
        gateways = network(way);
    }

    /** What carol is told of a ping. */
    private void ping(String target, int size) {
        PingOutcome outcome = gateways.carol.ping(PingOptions.of(ip(target), size));
        String failure =
                outcome.error().map(error -> "ping: connect: " + error + ";").orElse("");
        String reply = outcome.received() == 0
                ? ""
                : String.format("%d bytes from %s: icmp_seq=1 ttl=64 time=0.1 ms;", size + 8, target);
        String summary = failure.isEmpty()
                ? String.format(
                        "%d packets transmitted, %d received, %d%% packet loss, time 0ms;",
                        outcome.sent(), outcome.received(), 100 - 100 * outcome.received() / outcome.sent())
                : "";
        table.say(failure + reply + summary);
    }

    private void counted() {
        table.say("    carol " + Wire.statistics(gateways.carol));
        table.say("    moon " + Wire.statistics(gateways.moon));
    }

    private void inbound(String target, String wanted) {
        gateways.moon
                .namespace()
                .policies()
                .update(policy(Direction.IN, P.carol(), target)
                        .templates(templates(wanted))
                        .build());
    }

    private void outbound(XfrmPolicy.Builder policy) {
        gateways.carol.namespace().policies().update(policy.build());
    }

    private static XfrmPolicy.Builder toMoon() {
        return policy(Direction.OUT, P.carol(), P.moon());
    }

    private void compressionInTransport() {
        section("a) comp+esp transport, in-level required, small then large", Way.COMP_TRANSPORT);
        inbound(P.moon(), "comp transport");
        ping(P.moon(), SMALL);
        counted();
        ping(P.moon(), LARGE);
        counted();
        section("a2) comp+esp transport, in-level use, small", Way.COMP_TRANSPORT);
        inbound(P.moon(), "comp transport use");
        ping(P.moon(), SMALL);
        counted();
    }

    private void compressionInTunnels() {
        section("b) comp tunnel+esp transport in required: small then large", Way.COMP_TUNNEL);
        inbound(P.alice(), "comp tunnel");
        ping(P.alice(), SMALL);
        counted();
        ping(P.alice(), LARGE);
        counted();
        section("b2) comp tunnel + esp tr, in use: small", Way.COMP_TUNNEL);
        inbound(P.alice(), "comp tunnel use");
        ping(P.alice(), SMALL);
        counted();
        section("b3) comp optional in tmpl with different reqid than tunnel", Way.COMP_TUNNEL);
        inbound(P.alice(), "comp tunnel use, other reqid");
        ping(P.alice(), SMALL);
        ping(P.alice(), LARGE);
        counted();
        section("b4) comp optional in tmpl with different addresses", Way.COMP_TUNNEL);
        inbound(P.alice(), "comp tunnel use, elsewhere");
        ping(P.alice(), SMALL);
        ping(P.alice(), LARGE);
        counted();
    }

    private void clearText() {
        clearText("c) esp tunnel policy in required; cleartext arrives (carol has no policy)", P.alice(), "esp tunnel");
        clearText("c2) esp tunnel in level use; cleartext arrives", P.alice(), "esp tunnel use");
        clearText("c3) esp transport in required; cleartext", P.moon(), "esp transport");
        clearText("c4) esp transport in level use; cleartext", P.moon(), "esp transport use");
    }

    private void clearText(String title, String target, String wanted) {
        section(title, Way.CLEAR);
        inbound(target, wanted);
        ping(target, SMALL);
        counted();
    }

    private void withoutTemplates() {
        section("d) tunnel packets, moon policy in w/o templates", Way.ESP_TUNNEL);
        inbound(P.alice(), "none");
        ping(P.alice(), SMALL);
        counted();
        section("d2) transport packets, moon policy in w/o templates", Way.ESP_TRANSPORT);
        inbound(P.moon(), "none");
        ping(P.moon(), SMALL);
        counted();
        section("e) tunnel packets, no in policy at moon (an out policy exists)", Way.ESP_TUNNEL);
        Gateways.add(
                gateways.moon, policy(Direction.OUT, "10.1.0.99", P.carol()).build());
        ping(P.alice(), SMALL);
        counted();
        section("e2) transport packets, no in policy at moon", Way.ESP_TRANSPORT);
        ping(P.moon(), SMALL);
        counted();
    }

    private void blocks() {
        section("f) block in at moon", Way.CLEAR);
        Gateways.add(
                gateways.moon,
                policy(Direction.IN, P.carol(), P.moon())
                        .action(PolicyAction.BLOCK)
                        .build());
        ping(P.moon(), SMALL);
        counted();
        section("f2) block out at carol", Way.CLEAR);
        outbound(toMoon().action(PolicyAction.BLOCK));
        ping(P.moon(), SMALL);
        counted();
        section("f3) default block in at moon (no policies)", Way.CLEAR);
        gateways.moon.namespace().defaultAction(Direction.IN, PolicyAction.BLOCK);
        ping(P.moon(), SMALL);
        counted();
        gateways.carol.namespace().defaultAction(Direction.OUT, PolicyAction.BLOCK);
        ping(P.moon(), SMALL);
        counted();
        XfrmClient client = new XfrmClient(new UserspaceKernel(gateways.carol.namespace()).open());
        say(DefaultsText.print(client.getDefaults()));
    }

    /** A request of nothing but zeros. */
    private static ByteBuffer request(int type, int body) {
        return ByteBuffer.allocate(16 + body)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0, 16 + body)
                .putShort(4, (short) type)
                .putShort(6, (short) 1);
    }

    private void withoutStates() {
        section("g) out policy without states, no listener", Way.CLEAR);
        outbound(toMoon().templates(templates("esp transport")));
        ping(P.moon(), SMALL);
        counted();
        section("g2) out policy without states, with acquire listener, larval_drop=1", Way.CLEAR);
        UserspaceKernel kernel = new UserspaceKernel(gateways.carol.namespace());
        new XfrmClient(kernel.open())
                .addPolicy(toMoon().templates(templates("esp transport")).build());
        KernelSocket keyManager = kernel.open();
        keyManager.join(1);
        ping(P.moon(), SMALL);
        counted();
        MessageText text = new MessageText(TextOptions.brief(ZoneOffset.UTC)
                .withVersion(TextOptions.Version.V6_1)
                .withInterfaceName(index -> index == 0 ? "none" : "v0"));
        KernelSocket reader = kernel.open();
        reader.send(request(18, 0).putShort(6, (short) 0x301));
        NetlinkMessage larval = NetlinkMessage.split(reader.receive()).get(0);
        MessageText detailed = new MessageText(TextOptions.brief(ZoneOffset.UTC)
                .withVersion(TextOptions.Version.V6_1)
                .withInterfaceName(index -> "v0")
                .withStatistics(true));
        say(detailed.print(larval));
        ping(P.moon(), SMALL);
        counted();
        say(text.print(NetlinkMessage.split(keyManager.receive()).get(0)));
    }

    private void say(String text) {
        table.sayAll(text.lines().filter(line -> !line.isBlank()).toList());
    }

    private void errors() {
        section("h) tmpl with spi not existing / spi existing but different reqid", Way.ESP_TRANSPORT);
        Template wanted = templates("esp transport").get(0);
        SaId taken = new SaId(wanted.destination(), new Spi(0x111), wanted.protocol());
        outbound(toMoon().templates(List.of(new Template(
                taken, wanted.source(), new Reqid(9), Mode.TRANSPORT, Level.REQUIRED, wanted.masks(), 0))));
        ping(P.moon(), SMALL);
        counted();
        section("l) 6 templates out", Way.ESP_TRANSPORT);
        outbound(toMoon().templates(templates("six")));
        ping(P.moon(), SMALL);
        counted();
        outbound(toMoon().templates(templates("esp transport")));
        inbound(P.moon(), "six");
        ping(P.moon(), SMALL);
        counted();
        section("l2) 5 identical transport templates", Way.CLEAR);
        gateways.add(esp(P.moon(), P.carol(), 0x221, Mode.TRANSPORT).build());
        gateways.add(esp(P.carol(), P.moon(), 0x111, Mode.TRANSPORT).build());
        outbound(toMoon().templates(Collections.nCopies(5, wanted)));
        inbound(P.moon(), "esp transport");
        ping(P.moon(), SMALL);
        counted();
        table.say("moon " + Wire.states(gateways.moon));
    }

    private void interfaces() {
        section("o) if_id on policies out", Way.CLEAR);
        outbound(toMoon().ifId(new IfId(5)).templates(templates("esp transport")));
        ping(P.moon(), SMALL);
        counted();
        section("o2) if_id on states", Way.CLEAR);
        gateways.add(esp(P.carol(), P.moon(), 0x111, Mode.TRANSPORT)
                .ifId(new IfId(5))
                .build());
        outbound(toMoon().templates(templates("esp transport")));
        ping(P.moon(), SMALL);
        counted();
    }

    private void ties() {
        table.say("### p) priority ties: same prio overlapping selectors");
        XfrmPolicy wide = policy(Direction.OUT, "192.168.0.0/24", "192.168.0.0/24")
                .action(PolicyAction.BLOCK)
                .build();
        XfrmPolicy wider =
                policy(Direction.OUT, "192.168.0.0/16", "192.168.0.0/16").build();
        XfrmPolicy exact = toMoon().build();
        tie("block /24 first, allow /32 second (hashed exact):", wide, exact);
        tie("allow /32 first, block /24 second:", exact, wide);
        tie("block /24 first, allow /16 second (both inexact)", wide, wider);
        tie("allow /16 first, block /24 second", wider, wide);
        table.say("after UPDPOLICY of the allow /16 (same prio)");
        gateways.carol.namespace().policies().update(wider);
        ping(P.moon(), SMALL);
    }

    private void tie(String title, XfrmPolicy first, XfrmPolicy second) {
        table.say(title);
        gateways = network(Way.CLEAR);
        Gateways.add(gateways.carol, first);
        Gateways.add(gateways.carol, second);
        ping(P.moon(), SMALL);
    }
}
