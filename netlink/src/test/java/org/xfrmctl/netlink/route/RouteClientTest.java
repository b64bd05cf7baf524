package org.xfrmctl.netlink.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.netlink.Refusals.refused;
import static org.xfrmctl.netlink.uapi.Netlink.NLMSG_DONE;
import static org.xfrmctl.netlink.uapi.Netlink.NLM_F_DUMP_INTR;
import static org.xfrmctl.netlink.uapi.Netlink.NLM_F_MULTI;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.FakeTransport;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Ifinfomsg;
import org.xfrmctl.netlink.uapi.Ifla;
import org.xfrmctl.netlink.uapi.IflaInfo;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Rtgenmsg;
import org.xfrmctl.netlink.uapi.Rtm;

/** What kernels answer that are not the one of this machine. */
class RouteClientTest {
    private static final Route FOUR = Route.through(IpPrefix.parse("192.0.2.0/24"), Hop.on(3));
    private static final Route SIX = Route.through(IpPrefix.parse("2001:db8::/32"), Hop.on(3));
    private static final Rule RULE = Rule.lookup(100, Rule.Match.any(Family.INET), new RouteTable(7));

    @Test
    void aKernelWithoutIpv6AnswersWithWhatItHas() {
        RouteClient client = client(request -> List.of(
                data(request, Rtm.NEWROUTE, out -> RouteCodec.encode(FOUR, out)),
                data(request, Rtm.NEWROUTE, out -> out.body(Rtgenmsg.CODEC, new Rtgenmsg((byte) 28))),
                done(request)));
        assertThat(client.listRoutes(Family.UNSPEC)).containsExactly(FOUR);
        assertThat(client.listRoutes(Family.INET6)).isEmpty();
    }

    @Test
    void aKernelWithoutRulesForAFamilyHasNone() {
        RouteClient client = client(request -> request.body(Rtgenmsg.CODEC).family() == Family.INET6.number()
                ? List.of(error(request, Errno.EAFNOSUPPORT))
                : List.of(data(request, Rtm.NEWRULE, out -> RuleCodec.encode(RULE, out)), done(request)));
        assertThat(client.listRules(Family.UNSPEC)).containsExactly(RULE);
    }

    @Test
    void whatAnOldKernelDoesNotFilterIsFilteredHere() {
        LinkAddress there = LinkAddress.of(3, IpPrefix.parse("192.0.2.1/24"));
        LinkAddress elsewhere = LinkAddress.of(4, IpPrefix.parse("198.51.100.1/24"));
        RouteClient client = client(request -> switch (request.type()) {
            case Rtm.GETADDR ->
                List.of(
                        data(request, Rtm.NEWADDR, out -> AddressCodec.encode(there, out)),
                        data(request, Rtm.NEWADDR, out -> AddressCodec.encode(elsewhere, out)),
                        done(request));
            default ->
                List.of(
                        data(request, Rtm.NEWROUTE, out -> RouteCodec.encode(FOUR, out)),
                        data(
                                request,
                                Rtm.NEWROUTE,
                                out -> RouteCodec.encode(FOUR.withTable(new RouteTable(1000)), out)),
                        done(request));
        });
        assertThat(client.listAddresses(3)).containsExactly(there);
        assertThat(client.listAddresses()).containsExactly(there, elsewhere);
        assertThat(client.listRoutes(Family.INET, RouteTable.MAIN)).containsExactly(FOUR);
    }

    @Test
    void anInterruptedDumpIsAskedAgain() {
        AtomicInteger dumps = new AtomicInteger();
        RouteClient client = client(request -> {
            Route route = dumps.getAndIncrement() == 0 ? FOUR : FOUR.withMetric(7);
            int flags = dumps.get() == 1 ? NLM_F_DUMP_INTR : 0;
            return List.of(data(request, Rtm.NEWROUTE, flags, out -> RouteCodec.encode(route, out)), done(request));
        });
        assertThat(client.listRoutes(Family.INET)).containsExactly(FOUR.withMetric(7));
        assertThat(dumps).hasValue(2);
    }

    @Test
    void anXfrmLinkWithTheSameIfIdIsInTheWay() {
        RouteClient client = client(request -> switch (request.type()) {
            case Rtm.NEWLINK -> List.of(error(request, Errno.EEXIST));
            default ->
                request.has(Netlink.NLM_F_DUMP)
                        ? List.of(
                                link(request, 7, "ipsec7", 7),
                                link(request, 8, "ipsec8", 42),
                                link(request, 9, "ipsec9", 0),
                                done(request))
                        : List.of(error(request, Errno.ENODEV));
        });
        refused(
                () -> client.addLink(new NewLink.Xfrm("mine", new IfId(42), OptionalInt.empty())),
                Errno.EEXIST,
                "add link mine type xfrm if_id 0x2a",
                "in the way: ipsec8 (index 8, xfrm if_id 0x2a)");
        refused(
                () -> client.addLink(new NewLink.ExternalXfrm("mine")),
                Errno.EEXIST,
                "add link mine type xfrm external",
                "in the way: ipsec9 (index 9, xfrm external)");
    }

    @Test
    void manyRequestsGoTogetherAndEachHasItsOutcome() {
        FakeTransport transport = new FakeTransport(
                request -> List.of(request.sequence() == 2 ? error(request, Errno.EEXIST) : acknowledged(request)));
        assertThat(new RouteClient(transport)
                        .executeAll(List.of(
                                RouteRequests.addRoute(FOUR),
                                RouteRequests.addRoute(SIX),
                                RouteRequests.addRule(RULE))))
                .extracting(Optional::isPresent)
                .containsExactly(false, true, false);
        assertThat(transport.datagrams()).containsExactly(3);
    }

    private static RouteClient client(Function<NetlinkMessage, List<MessageWriter>> kernel) {
        return new RouteClient(new FakeTransport(kernel));
    }

    /** With if_id 0, an external one. */
    private static MessageWriter link(NetlinkMessage request, int index, String name, int ifId) {
        return data(request, Rtm.NEWLINK, out -> {
            out.body(Ifinfomsg.CODEC, new Ifinfomsg((byte) 0, (short) 0, index, 0, 0));
            RouteAttributes.write(Ifla.IFNAME, name, out);
            out.beginNested(Ifla.LINKINFO);
            RouteAttributes.write(IflaInfo.KIND, NewLink.XFRM, out);
            out.beginNested(IflaInfo.DATA).attributeU32(IflaInfo.XFRM_IF_ID, ifId);
            if (ifId == 0) {
                out.attribute(IflaInfo.XFRM_COLLECT_METADATA, new byte[0]);
            }
            out.endNested().endNested();
        });
    }

    private static MessageWriter data(NetlinkMessage request, int type, Consumer<MessageWriter> body) {
        return data(request, type, 0, body);
    }

    private static MessageWriter data(NetlinkMessage request, int type, int flags, Consumer<MessageWriter> body) {
        MessageWriter out =
                new MessageWriter().begin(type, NLM_F_MULTI | flags, request.sequence(), FakeTransport.PORT);
        body.accept(out);
        return out.end();
    }

    private static MessageWriter done(NetlinkMessage request) {
        return new MessageWriter()
                .begin(NLMSG_DONE, NLM_F_MULTI, request.sequence(), FakeTransport.PORT)
                .bodyU32(0)
                .end();
    }

    private static MessageWriter acknowledged(NetlinkMessage request) {
        MessageWriter out = new MessageWriter();
        ErrorMessage.SUCCESS.write(request, FakeTransport.PORT, true, out);
        return out;
    }

    private static MessageWriter error(NetlinkMessage request, Errno errno) {
        MessageWriter out = new MessageWriter();
        ErrorMessage.of(errno, Optional.empty()).write(request, FakeTransport.PORT, true, out);
        return out;
    }
}
