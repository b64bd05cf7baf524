package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.DumpFilter;

/** What lists and deletions find: what iproute2 finds, and what our own words find. */
class MatchTest {
    private static final XfrmState STATE = TestHost.subject(
            "state add src 192.0.2.1 dst 198.51.100.2 proto esp spi 0x1000 reqid 5 mode tunnel flag noecn icmp "
                    + "mark 0x2a/0xff if_id 7 dir in enc cipher_null \"\"",
            XfrmState.class);
    private static final XfrmPolicy POLICY = TestHost.subject(
            "policy add src 10.1.0.0/16 dst 10.2.0.0/16 dev v0 proto tcp sport 80 dport 443 dir out index 9 priority 100 "
                    + "flag localok mark 0x2a/0xff if_id 7",
            XfrmPolicy.class);

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "nokeys, true",
        "src 192.0.2.1, true",
        "src 192.0.2.0/24, true",
        "src 192.0.3.0/24, false",
        "src 0.0.0.0/0, true",
        "src ::/0, false",
        "dst 198.51.100.2, true",
        "dst 198.51.100.3/31, true",
        "dst 198.51.100.4/31, false",
        "proto esp, true",
        "proto ah, false",
        "proto ipsec-any, false",
        "spi 0x1000, true",
        "spi 0, false",
        "mode tunnel, true",
        "mode tr, false",
        "reqid 5, true",
        "reqid 0, false",
        "flag noecn, true",
        "flag noecn esn, true",
        "flag esn, false",
        "flag 0x0, false",
        "flag reqid 5, false",
        "mark 0x2a, true",
        "mark 0x2a/0xff, true",
        "mark 0x2a mask 0xff, true",
        "mark 0x2a/0xffff, false",
        "mark 0x2b, false",
        "if_id 7, true",
        "if_id 0, false",
        "dir in, true",
        "dir out, false",
        "src 192.0.2.1 dst 198.51.100.2 proto esp spi 0x1000 reqid 5 mode tunnel, true",
        "src 192.0.2.1 dst 198.51.100.2 proto esp spi 0x1000 reqid 6 mode tunnel, false"
    })
    void states(String words, boolean found) {
        IpCommand.ListStates list = (IpCommand.ListStates) TestHost.parse("state list " + words);

        assertThat(list.match().test(STATE)).isEqualTo(found);
        assertThat(TestHost.parse("state deleteall " + words)).isEqualTo(new IpCommand.DeleteStates(list.match()));
        assertThat(list.hidesKeys()).isEqualTo(words.equals("nokeys"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "nosock, true",
        "dir out, true",
        "dir in, false",
        "index 9, true",
        "index 0, false",
        "ptype main, true",
        "ptype sub, false",
        "action allow, true",
        "action block, false",
        "priority 100, true",
        "priority 0, false",
        "flag localok, true",
        "flag localok icmp, true",
        "flag icmp, false",
        "flag 0x0, false",
        "src 10.1.0.0/16, true",
        "src 10.0.0.0/8, true",
        "src 10.1.0.0/24, true",
        "src 10.1.1.0/24, false",
        "dst 10.2.0.0/16, true",
        "dst 10.3.0.0/16, false",
        "dst ::/0, false",
        "dev v0, true",
        "dev none, false",
        "proto tcp, true",
        "proto udp, false",
        "proto any, false",
        "sport 80, true",
        "proto tcp sport 81, false",
        "dport 443, true",
        "dport 0, false",
        "proto gre key 0x01bb, false",
        "if_id 7, true",
        "if_id 8, false",
        "mark 0x2a, true",
        "mark 0x2a/0xfe, false"
    })
    void policies(String words, boolean found) {
        IpCommand.ListPolicies list = (IpCommand.ListPolicies) TestHost.parse("policy list " + words);

        assertThat(list.match().test(POLICY)).isEqualTo(found);
        assertThat(TestHost.parse("policy deleteall " + words)).isEqualTo(new IpCommand.DeletePolicies(list.match()));
    }

    /** As iproute2 has it, whatever the high half is. */
    @Test
    void ofAGreKeyTheLowHalfIsCompared() {
        XfrmPolicy gre = TestHost.subject("policy add proto gre key 0x00050009 dir in", XfrmPolicy.class);

        assertThat(list("proto gre key 0x00050009").test(gre)).isTrue();
        assertThat(list("proto gre key 0x00060009").test(gre)).isTrue();
        assertThat(list("proto gre key 0x00050008").test(gre)).isFalse();
    }

    private static PolicyMatch list(String words) {
        return ((IpCommand.ListPolicies) TestHost.parse("policy list " + words)).match();
    }

    @Test
    void policiesOfSocketsAreLeftOutIfAskedAndNeverDeleted() {
        XfrmPolicy socket =
                XfrmPolicy.builder(POLICY.selector(), Direction.SOCKET_OUT).build();

        assertThat(list("").test(socket)).isTrue();
        assertThat(list("dir out").test(socket)).isFalse();
        assertThat(list("nosock").test(socket)).isFalse();
        assertThat(((IpCommand.DeletePolicies) TestHost.parse("policy deleteall")).test(socket))
                .isFalse();
        assertThat(((IpCommand.DeletePolicies) TestHost.parse("policy deleteall")).test(POLICY))
                .isTrue();
    }

    @Test
    void whatTheKernelMadeItselfIsNeverDeleted() {
        XfrmState implied = XfrmState.builder(
                        new SaId(STATE.id().destination(), STATE.id().spi(), IpProtocol.IPIP), STATE.source())
                .build();
        IpCommand.DeleteStates all = (IpCommand.DeleteStates) TestHost.parse("state deleteall");

        assertThat(all.match().test(implied)).isTrue();
        assertThat(all.test(implied)).isFalse();
        assertThat(all.test(STATE)).isTrue();
    }

    @Test
    void theKernelSortsOutWhatItCan() {
        assertThat(filter("")).isEqualTo(DumpFilter.NONE);
        assertThat(filter("proto ipsec-any")).isEqualTo(new DumpFilter(IpProtocol.IPSEC_ANY, Optional.empty()));
        assertThat(filter("dst fd01::/64 proto ah reqid 5"))
                .isEqualTo(new DumpFilter(
                        IpProtocol.AH,
                        Optional.of(new DumpFilter.Ends(IpPrefix.parse("::/0"), IpPrefix.parse("fd01::/64")))));
        assertThat(((IpCommand.ListStates) TestHost.parse("ip -6 xfrm state"))
                        .match()
                        .dumpFilter())
                .isEqualTo(DumpFilter.of(org.xfrmctl.model.Family.INET6));
    }

    private static DumpFilter filter(String words) {
        return ((IpCommand.ListStates) TestHost.parse("state list " + words))
                .match()
                .dumpFilter();
    }
}
