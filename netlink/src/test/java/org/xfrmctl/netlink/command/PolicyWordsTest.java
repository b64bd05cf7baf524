package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.SpdInfo;

/** Every word about policies, and what it means. */
class PolicyWordsTest {
    private static final SecurityLabel LABEL =
            new SecurityLabel(1, 1, Bytes.of("u:r:t\0".getBytes(StandardCharsets.UTF_8)));
    private static final Selector LAN = Selector.between(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("10.2.0.0/16"));
    private static final String SELECTOR = "src 10.1/16 dst 10.2/16 ";

    private static Arguments word(String words, Function<XfrmPolicy, Object> member, Object value) {
        return arguments(words, member, value);
    }

    static Stream<Arguments> words() {
        return Stream.of(
                word("dir in", XfrmPolicy::direction, Direction.IN),
                word("dir out", XfrmPolicy::direction, Direction.OUT),
                word("dir fwd", XfrmPolicy::direction, Direction.FWD),
                word("dir in", XfrmPolicy::action, PolicyAction.ALLOW),
                word("dir in action allow", XfrmPolicy::action, PolicyAction.ALLOW),
                word("dir in action block", XfrmPolicy::action, PolicyAction.BLOCK),
                word("dir in priority 4294967295", XfrmPolicy::priority, -1),
                word("dir in index 0x4001", XfrmPolicy::index, 0x4001),
                word("dir in ptype sub", XfrmPolicy::type, Optional.of(PolicyType.SUB)),
                word("dir in ptype main", XfrmPolicy::type, Optional.of(PolicyType.MAIN)),
                word("dir in", XfrmPolicy::type, Optional.empty()),
                word("dir in flag localok icmp", XfrmPolicy::flags, new PolicyFlags(3)),
                word("dir in flag cpu-acquire", XfrmPolicy::flags, new PolicyFlags(PolicyFlags.CPU_ACQUIRE)),
                word("dir in flag icmp flag 0x80", XfrmPolicy::flags, new PolicyFlags(0x80)),
                word("dir in mark 7/15", XfrmPolicy::mark, new Mark(7, 15)),
                word("dir in if_id 100", XfrmPolicy::ifId, new IfId(100)),
                word("dir in limit byte-soft 1000", policy -> policy.limits().bytes(), new Limit(1000, -1)),
                word("dir in limit byte-hard -1", policy -> policy.limits().bytes(), Limit.INFINITE),
                word("dir in ctx u:r:t", XfrmPolicy::label, Optional.of(LABEL)),
                word(
                        "dir in offload packet dev v0",
                        XfrmPolicy::offload,
                        Optional.of(new Offload(TestHost.V0, Offload.PACKET))));
    }

    @ParameterizedTest
    @MethodSource("words")
    void eachWordHasItsMeaning(String words, Function<XfrmPolicy, Object> member, Object value) {
        XfrmPolicy policy = TestHost.subject("policy add " + SELECTOR + words, XfrmPolicy.class);

        assertThat(member.apply(policy)).isEqualTo(value);
        assertThat(policy.selector()).isEqualTo(LAN);
    }

    static Stream<Arguments> selectors() {
        return Stream.of(
                arguments("", Selector.any(Family.INET)),
                arguments("src ::/0", Selector.any(Family.INET6)),
                arguments("dst fd01::1", Selector.between(IpPrefix.any(Family.INET6), IpPrefix.parse("fd01::1/128"))),
                arguments("proto any", Selector.any(Family.INET)),
                arguments("proto tcp", upper(6, PortMatch.ANY, PortMatch.ANY)),
                arguments("proto TCP", upper(6, PortMatch.ANY, PortMatch.ANY)),
                arguments("proto 0x11 dport 53", upper(17, PortMatch.ANY, PortMatch.exactly(53))),
                arguments("proto sctp sport 5 sport 0", upper(132, new PortMatch(0, 0xffff), PortMatch.ANY)),
                arguments("sport 0 dport 9", upper(0, PortMatch.ANY, PortMatch.exactly(9))),
                arguments("proto dccp dport 65535", upper(33, PortMatch.ANY, PortMatch.exactly(65535))),
                arguments("proto icmp type 0", upper(1, PortMatch.exactly(0), PortMatch.ANY)),
                arguments("proto ipv6-icmp type 128 code 0", upper(58, PortMatch.exactly(128), PortMatch.exactly(0))),
                arguments("proto mobility-header type 5", upper(135, PortMatch.exactly(5), PortMatch.ANY)),
                arguments("proto gre key 0x00050009", upper(47, PortMatch.exactly(5), PortMatch.exactly(9))),
                arguments("proto gre key 0.5.0.9", upper(47, PortMatch.exactly(5), PortMatch.exactly(9))),
                arguments("proto gre key 0.5", upper(47, PortMatch.exactly(5), PortMatch.exactly(0))));
    }

    private static Selector upper(int protocol, PortMatch source, PortMatch destination) {
        Selector any = Selector.any(Family.INET);
        return new Selector(
                any.source(), any.destination(), new IpProtocol(protocol), source, destination, Selector.Binding.NONE);
    }

    @ParameterizedTest
    @MethodSource
    void selectors(String words, Selector selector) {
        assertThat(TestHost.subject("policy add " + words + " dir in", XfrmPolicy.class)
                        .selector())
                .isEqualTo(selector);
    }

    static Stream<Arguments> templates() {
        Template esp = Template.transport(Family.INET, IpProtocol.ESP, new Reqid(1), Level.REQUIRED);
        Template ofAny = Template.transport(Family.UNSPEC, IpProtocol.ESP, new Reqid(1), Level.REQUIRED);
        Template tunnel = Template.tunnel(
                IpAddress.parse("2001:db8::1"),
                IpAddress.parse("2001:db8::2"),
                IpProtocol.COMP,
                new Reqid(2),
                Level.USE);
        String said = "tmpl src 2001:db8::1 dst 2001:db8::2 proto comp reqid 2 mode tunnel level use ";
        return Stream.of(
                arguments(SELECTOR + "tmpl proto esp reqid 1", List.of(esp)),
                arguments(SELECTOR + "tmpl reqid 1 level required mode transport proto esp", List.of(esp)),
                // A template that begins before the selector has no family, and one behind another has the other's.
                arguments("tmpl proto esp reqid 1 " + SELECTOR, List.of(ofAny)),
                arguments(
                        SELECTOR + said + "tmpl proto esp reqid 1",
                        List.of(
                                tunnel,
                                Template.transport(Family.INET6, IpProtocol.ESP, new Reqid(1), Level.REQUIRED))),
                arguments(SELECTOR + "tmpl proto esp reqid 1 " + said, List.of(esp, tunnel)),
                arguments(
                        SELECTOR + "tmpl src 10.0.0.1 dst 10.0.0.2 proto ah spi 7",
                        List.of(new Template(
                                new SaId(IpAddress.parse("10.0.0.2"), new Spi(7), IpProtocol.AH),
                                IpAddress.parse("10.0.0.1"),
                                Reqid.NONE,
                                Mode.TRANSPORT,
                                Level.REQUIRED,
                                Template.AlgorithmMasks.ALL,
                                0))));
    }

    @ParameterizedTest
    @MethodSource
    void templates(String words, List<Template> templates) {
        assertThat(TestHost.subject("policy update dir in " + words, XfrmPolicy.class)
                        .templates())
                .isEqualTo(templates);
    }

    @Test
    void aPolicyIsNamed() {
        PolicyKey key = new PolicyKey(Direction.IN, PolicyType.SUB, LAN, new Mark(7, 15), new IfId(5));
        PolicyIndex index = new PolicyIndex(8, Direction.OUT, PolicyType.MAIN, Mark.NONE, IfId.NONE);
        String words = SELECTOR + "dir in ptype sub mark 7 mask 15 if_id 5";

        assertThat(TestHost.subject("policy delete " + words, PolicyKey.class)).isEqualTo(key);
        assertThat(TestHost.subject("policy delete index 8 dir out", PolicyIndex.class))
                .isEqualTo(index);
        assertThat(TestHost.parse("policy get " + words + " ctx u:r:t"))
                .isEqualTo(new IpCommand.GetPolicy(key, Optional.of(LABEL)));
        assertThat(TestHost.parse("policy get dir out index 8"))
                .isEqualTo(new IpCommand.GetPolicyAt(index, Optional.empty()));
    }

    @Test
    void theLabelIsSentWithTheName() {
        MessageWriter out = new MessageWriter();
        out.begin(XfrmMsg.DELPOLICY, 0, 1, 0);
        TestHost.request("policy delete " + SELECTOR + "dir in ctx u:r:t")
                .body()
                .accept(out);
        NetlinkMessage message = NetlinkMessage.split(out.end().datagram()).get(0);

        assertThat(message.attributes(XfrmUserpolicyId.CODEC.size()).has(Xfrma.SEC_CTX))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'', MAIN", "ptype main, MAIN", "ptype sub, SUB"})
    void policiesAreFlushedByType(String words, PolicyType type) {
        assertThat(TestHost.subject("policy flush " + words, PolicyType.class)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "in block, 1, 0, 0",
        "in accept fwd block out allow, 2, 1, 2",
        "out block, 0, 0, 1",
        "'', 0, 0, 0",
    })
    void defaultsAreSet(String words, int in, int fwd, int out) {
        assertThat(TestHost.subject("policy setdefault " + words, DefaultPolicies.class))
                .isEqualTo(new DefaultPolicies(in, fwd, out));
    }

    @Test
    void thresholdsAreSet() {
        assertThat(TestHost.subject("policy set hthresh6 64 0x40 hthresh4 24 32", SpdInfo.Thresholds.class))
                .isEqualTo(new SpdInfo.Thresholds(
                        Optional.of(new SpdInfo.Threshold(24, 32)), Optional.of(new SpdInfo.Threshold(64, 64))));
        assertThat(TestHost.subject("policy set", SpdInfo.Thresholds.class))
                .isEqualTo(new SpdInfo.Thresholds(Optional.empty(), Optional.empty()));
    }
}
