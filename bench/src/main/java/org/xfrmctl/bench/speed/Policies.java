package org.xfrmctl.bench.speed;

import java.util.List;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** Outbound policies between hosts, each with one tunnel template: 10.0.0.0 is the first destination. */
final class Policies implements Subject {
    private static final int FIRST = 0x0a000000;
    private static final IpPrefix SOURCE = IpPrefix.parse("172.16.0.1/32");

    @Override
    public String word() {
        return "policy";
    }

    @Override
    public String plural() {
        return "policies";
    }

    private static XfrmPolicy policy(int number) {
        Reqid reqid = new Reqid(number + 1);
        return XfrmPolicy.builder(Selector.between(SOURCE, destination(number)), Direction.OUT)
                .templates(List.of(Template.tunnel(Tunnel.HOST, Tunnel.GATEWAY, IpProtocol.ESP, reqid, Level.REQUIRED)))
                .build();
    }

    private static IpPrefix destination(int number) {
        return IpPrefix.host(IpAddress.v4(FIRST + number));
    }

    @Override
    public Request add(int number) {
        return XfrmRequests.addPolicy(policy(number));
    }

    @Override
    public Request delete(int number) {
        return XfrmRequests.deletePolicy(policy(number).key());
    }

    @Override
    public String addWords(int number) {
        return deleteWords(number) + " tmpl src " + Tunnel.HOST + " dst " + Tunnel.GATEWAY + " proto esp reqid "
                + (number + 1) + " mode tunnel";
    }

    @Override
    public String deleteWords(int number) {
        return "src " + SOURCE + " dst " + destination(number) + " dir out";
    }

    @Override
    public int dump(XfrmClient client) {
        Tally tally = new Tally();
        client.streamPolicies(tally::count);
        return tally.counted();
    }

    @Override
    public List<?> entries(XfrmClient client) {
        return client.listPolicies().stream()
                .map(policy -> policy.toBuilder()
                        .index(0)
                        .current(LifetimeCurrent.NONE)
                        .build())
                .toList();
    }

    @Override
    public int count(XfrmClient client) {
        SpdInfo.Counts counts = client.countPolicies().policies();
        return counts.in() + counts.out() + counts.fwd();
    }
}
