package org.xfrmctl.manager.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;
import static org.xfrmctl.manager.testing.ChildBuilder.ts;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.HeaderOptions;
import org.xfrmctl.model.definition.HeaderOptions.CopyDf;
import org.xfrmctl.model.definition.HeaderOptions.CopyDscp;
import org.xfrmctl.model.definition.Marks;
import org.xfrmctl.model.definition.PolicyOptions.LevelChoice;

class ConnectionCompilerTest {
    private static DesiredChild one(ChildBuilder builder) {
        return compile(builder).children().get(0);
    }

    @Test
    void espTunnelIsOneStatePerDirectionAndThreePolicies() {
        DesiredChild child = one(child("a").reqid(7));
        assertThat(child.inbound())
                .extracting(XfrmState::toString)
                .containsExactly("src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x00001000 reqid 7 mode tunnel");
        assertThat(child.outbound())
                .extracting(XfrmState::toString)
                .containsExactly("src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00001001 reqid 7 mode tunnel");
        assertThat(child.implied()).isEmpty();
        assertThat(child.policies())
                .extracting(XfrmPolicy::direction)
                .containsExactly(Direction.IN, Direction.FWD, Direction.OUT);
        assertThat(child.policies(Direction.OUT).get(0).templates().get(0).toString())
                .isEqualTo(
                        "tmpl src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x00000000 reqid 7 mode tunnel level required");
        assertThat(child.states().map(XfrmState::selector)).containsOnly(Selector.any(Family.INET));
    }

    @Test
    void withIpcompTheIpcompStateIsTheTunnel() {
        DesiredChild child = one(child("a").ipcomp().reqid(7));
        assertThat(child.inbound())
                .extracting(XfrmState::toString)
                .containsExactly(
                        "src 192.0.2.2 dst 192.0.2.1 proto comp spi 0x00001000 reqid 7 mode tunnel",
                        "src 192.0.2.2 dst 192.0.2.1 proto esp spi 0x00001000 reqid 7 mode transport");
        assertThat(child.implied())
                .extracting(ImpliedState::toString)
                .containsExactly("src 192.0.2.2 dst 192.0.2.1 proto 4", "src 192.0.2.1 dst 192.0.2.2 proto 4");
        XfrmState ipcomp = child.outbound().get(0);
        assertThat(ipcomp.selector()).isEqualTo(Selector.any(Family.UNSPEC));
        assertThat(ipcomp.flags().has(StateFlag.AF_UNSPEC)).isTrue();
        assertThat(child.outbound().get(1).selector()).isEqualTo(Selector.any(Family.INET));
        assertThat(child.policies(Direction.FWD).get(0).templates())
                .extracting(Object::toString)
                .containsExactly(
                        "tmpl src 192.0.2.2 dst 192.0.2.1 proto comp spi 0x00000000 reqid 7 mode tunnel level use",
                        "tmpl src 0.0.0.0 dst 0.0.0.0 proto esp spi 0x00000000 reqid 7 mode transport level required");
    }

    /** Flags of the state that is the tunnel, first outbound then inbound. */
    @ParameterizedTest(name = "copy_df {0}, copy_ecn {1}, copy_dscp {2}: out {3}, in {4}")
    @CsvSource({
        "YES,  true,  OUT, '',                 ''",
        "NO,  true,  OUT, 'nopmtudisc',       ''",
        "YES,  false, OUT, 'noecn',            'noecn'",
        "YES,  true,  IN,  'dont-encap-dscp',  'decap-dscp'",
        "YES,  true,  YES, '',                 'decap-dscp'",
        "YES,  true,  NO,  'dont-encap-dscp',  ''",
        "SET, true,  OUT, '',                 ''",
        "NO,  false, NO,  'noecn nopmtudisc dont-encap-dscp', 'noecn'",
    })
    void headerFlagsStandOnTheTunnelAndOnTheirDirection(CopyDf df, boolean ecn, CopyDscp dscp, String out, String in) {
        ChildBuilder options = child("a").headers(new HeaderOptions(df, ecn, dscp));
        DesiredChild plain = one(options);
        assertThat(flags(plain.outbound().get(0))).isEqualTo(out);
        assertThat(flags(plain.inbound().get(0))).isEqualTo(in);
        DesiredChild compressed = one(options.ipcomp());
        assertThat(flags(compressed.outbound().get(0))).isEqualTo(out);
        assertThat(flags(compressed.inbound().get(0))).isEqualTo(in);
        assertThat(flags(compressed.outbound().get(1))).isEmpty();
        assertThat(flags(compressed.inbound().get(1))).isEmpty();
    }

    private static String flags(XfrmState state) {
        Stream<String> flags = Stream.of(StateFlag.values())
                .filter(flag -> flag != StateFlag.AF_UNSPEC && state.flags().has(flag))
                .map(StateFlag::toString);
        Stream<String> extra =
                Stream.of(ExtraFlag.values()).filter(state.flags()::has).map(ExtraFlag::toString);
        return String.join(" ", Stream.concat(flags, extra).toList());
    }

    @ParameterizedTest(name = "level {0}, ipcomp {1}: {2}")
    @CsvSource({
        "AUTO,     true,  use required",
        "AUTO,     false, required",
        "USE,      true,  use use",
        "USE,      false, use",
        "REQUIRED, true,  required required"
    })
    void levelsAreForInboundTemplatesOnly(LevelChoice level, boolean ipcomp, String inbound) {
        ChildBuilder options = child("a").level(level);
        DesiredChild child = one(ipcomp ? options.ipcomp() : options);
        assertThat(levels(child, Direction.IN)).isEqualTo(inbound);
        assertThat(levels(child, Direction.FWD)).isEqualTo(inbound);
        assertThat(levels(child, Direction.OUT)).doesNotContain("use");
    }

    private static String levels(DesiredChild child, Direction direction) {
        return String.join(
                " ",
                child.policies(direction).get(0).templates().stream()
                        .map(template -> template.level().toString())
                        .toList());
    }

    @ParameterizedTest(name = "{0} between {1} and {2}, ipcomp {3}: ESP for any family {4}")
    @CsvSource({
        "192.0.2.1, 192.0.2.2, 10.1.0.0/16, false, false",
        "2001:db8::1, 2001:db8::2, 10.1.0.0/16, false, true",
        "2001:db8::1, 2001:db8::2, 10.1.0.0/16, true, true",
        "192.0.2.1, 192.0.2.2, fd00::/64, true, true",
        "192.0.2.1, 192.0.2.2, 10.1.0.0/16, true, false",
    })
    void mixedFamiliesOpenTheSelectorsFamily(String local, String remote, String ts, boolean ipcomp, boolean open) {
        ChildBuilder options = child("a").between(local, remote).traffic(ts, ts);
        DesiredChild child = one(ipcomp ? options.ipcomp() : options);
        assertThat(child.states().filter(state -> state.id().protocol().equals(IpProtocol.ESP)))
                .allSatisfy(esp -> {
                    assertThat(esp.flags().has(StateFlag.AF_UNSPEC)).isEqualTo(open);
                    assertThat(esp.selector()).isEqualTo(Selector.any(open ? Family.UNSPEC : esp.family()));
                });
        assertThat(child.policies(Direction.IN).get(0).templates())
                .allSatisfy(template -> assertThat(template.family())
                        .isEqualTo(child.inbound().get(0).family()));
    }

    @Test
    void transportStatesHaveTheSelectorOfASinglePair() {
        DesiredChild single = one(child("a")
                .transport()
                .ipcomp()
                .traffic(
                        List.of(ts("192.0.2.1", IpProtocol.TCP, PortMatch.ANY)),
                        List.of(ts("192.0.2.2", IpProtocol.TCP, PortMatch.exactly(443)))));
        assertThat(single.inbound())
                .allSatisfy(state -> assertThat(state.mode()).isEqualTo(Mode.TRANSPORT))
                .allSatisfy(state -> assertThat(state.selector().toString())
                        .isEqualTo("src 192.0.2.2/32 dst 192.0.2.1/32 proto 6 sport 443"));
        assertThat(single.implied()).isEmpty();
        assertThat(single.policies(Direction.FWD)).isEmpty();

        DesiredChild several = one(child("a")
                .transport()
                .traffic(
                        List.of(ts("192.0.2.1")),
                        List.of(
                                ts("192.0.2.2", IpProtocol.TCP, PortMatch.ANY),
                                ts("192.0.2.2", IpProtocol.UDP, PortMatch.ANY))));
        assertThat(several.states().map(XfrmState::selector)).containsOnly(Selector.any(Family.INET));
        assertThat(several.policies()).hasSize(4);
    }

    @Test
    void theTypeOfAnIcmpMessageIsTheSameInBothDirections() {
        PortMatch echo = new PortMatch(8 << 8, 0xff00);
        DesiredChild child =
                one(child("a").traffic(List.of(ts("10.1.0.0/16", IpProtocol.ICMP, echo)), List.of(ts("10.2.0.0/16"))));
        assertThat(child.policies()).allSatisfy(policy -> {
            assertThat(policy.selector().sourcePort()).isEqualTo(PortMatch.exactly(8));
            assertThat(policy.selector().destinationPort()).isEqualTo(PortMatch.ANY);
        });
    }

    @Test
    void portsGoWithTheirEnd() {
        DesiredChild child = one(child("a")
                .traffic(
                        List.of(ts("10.1.0.0/16", IpProtocol.TCP, PortMatch.exactly(22))), List.of(ts("10.2.0.0/16"))));
        assertThat(child.policies(Direction.OUT).get(0).selector().sourcePort()).isEqualTo(PortMatch.exactly(22));
        assertThat(child.policies(Direction.IN).get(0).selector().destinationPort())
                .isEqualTo(PortMatch.exactly(22));
    }

    @ParameterizedTest(name = "window {0}: {1}")
    @CsvSource({"0, Basic, 0", "32, Basic, 0", "33, Extended, 2", "64, Extended, 2", "128, Extended, 4"})
    void windowsBeyond32NeedABitmap(int window, String kind, int words) {
        DesiredChild child = one(child("a").replayWindow(window).ipcomp());
        ReplayState replay = child.inbound().get(1).replay();
        assertThat(replay.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(replay.window()).isEqualTo(window);
        assertThat(
                        replay instanceof ReplayState.Extended extended
                                ? extended.bitmap().size()
                                : 0)
                .isEqualTo(words);
        assertThat(child.outbound())
                .allSatisfy(state -> assertThat(state.replay()).isEqualTo(ReplayState.Basic.NONE));
        assertThat(child.inbound().get(0).replay()).isEqualTo(ReplayState.Basic.NONE);
    }

    @Test
    void marksAndInterfacesStandOnTheWholeBundle() {
        Marks marks = new Marks(
                new Mark(1, 0xff),
                new Mark(2, 0xff),
                Optional.of(new Mark(3, -1)),
                Optional.of(new Mark(4, -1)),
                new IfId(5),
                new IfId(6));
        DesiredChild child = one(child("a").ipcomp().fwdOut().marks(marks));
        assertThat(child.inbound()).hasSize(2).allSatisfy(state -> {
            assertThat(state.mark()).isEqualTo(Mark.NONE);
            assertThat(state.ifId()).isEqualTo(new IfId(5));
            assertThat(state.options().outputMark()).contains(new Mark(3, -1));
        });
        assertThat(child.outbound()).hasSize(2).allSatisfy(state -> {
            assertThat(state.mark()).isEqualTo(new Mark(2, 0xff));
            assertThat(state.ifId()).isEqualTo(new IfId(6));
            assertThat(state.options().outputMark()).contains(new Mark(4, -1));
        });
        assertThat(child.policies())
                .extracting(policy -> policy.direction() + " " + policy.mark().value() + " "
                        + policy.ifId().bits())
                .containsExactly("in 1 5", "fwd 1 5", "out 2 6", "fwd 2 6");
    }

    @Test
    void lifetimesAndPaddingAreForEspOnly() {
        LifetimeLimits limits = new LifetimeLimits(Limit.INFINITE, new Limit(1, 2), new Limit(3, 4), Limit.NEVER);
        DesiredChild child = one(child("a").ipcomp().limits(limits));
        assertThat(child.states()
                        .map(state ->
                                state.id().protocol() + " " + state.limits().equals(limits)))
                .containsExactly("comp false", "esp true", "comp false", "esp true");
        DesiredChild padded = one(child("a").tfcPadding(300));
        assertThat(padded.outbound().get(0).options().extras().tfcPad()).isEqualTo(300);
        assertThat(padded.inbound().get(0).options().extras().tfcPad()).isZero();
    }

    @Test
    void keyMaterialIsEncryptionThenIntegrity() {
        DesiredChild child = one(child("a").esp(ChildBuilder.CBC));
        List<Algorithm> algorithms = child.inbound().get(0).algorithms();
        Algorithm.Authentication integrity = (Algorithm.Authentication) algorithms.get(0);
        Algorithm.Encryption cipher = (Algorithm.Encryption) algorithms.get(1);
        assertThat(integrity.name() + integrity.truncationBits()).isEqualTo("hmac(sha256)128");
        assertThat(integrity.key().length()).isEqualTo(32);
        assertThat(cipher.key().length()).isEqualTo(16);
        assertThat(integrity.key().toArray()[0]).isEqualTo((byte) (cipher.key().toArray()[15] + 1));
        assertThat(child.toString()).doesNotContain(cipher.key().revealHex());
    }

    @Test
    void prioritiesFollowThePublishedFormula() {
        DesiredChild child = one(child("a").fwdOut().traffic("192.168.0.100", "10.1.0.0/16"));
        assertThat(child.policies()).extracting(XfrmPolicy::priority).containsExactly(375423, 375423, 375423, 375424);
        DesiredChild tcp = one(child("a")
                .traffic(
                        List.of(ts("192.168.0.100", IpProtocol.TCP, PortMatch.exactly(80))),
                        List.of(ts("10.1.0.0/16"))));
        assertThat(tcp.policies(Direction.OUT).get(0).priority()).isEqualTo(375423 - 256 - 64);
        assertThat(one(child("a").priority(9)).policies())
                .extracting(XfrmPolicy::priority)
                .containsOnly(9);
    }

    @Test
    void selectorsArePairedWithinAFamilyAndOnlyOnce() {
        DesiredChild child = one(child("a")
                .traffic(
                        List.of(ts("10.1.0.0/16"), ts("fd00:1::/64"), ts("10.1.0.0/16")),
                        List.of(ts("10.2.0.0/16"), ts("fd00:2::/64"))));
        assertThat(child.policies(Direction.OUT))
                .extracting(policy -> policy.selector().toString())
                .containsExactly("src 10.1.0.0/16 dst 10.2.0.0/16", "src fd00:1::/64 dst fd00:2::/64");
    }

    @Test
    void blocksHaveTheKeysAndPrioritiesOfThePolicies() {
        DesiredChild child = one(child("a").fwdOut());
        assertThat(child.policies().stream().map(BlockPolicy::inPlaceOf))
                .allSatisfy(block -> assertThat(block.action()).isEqualTo(PolicyAction.BLOCK))
                .allSatisfy(block -> assertThat(block.templates()).isEmpty())
                .extracting(XfrmPolicy::key, XfrmPolicy::priority)
                .containsExactlyElementsOf(child.policies().stream()
                        .map(policy -> tuple(policy.key(), policy.priority()))
                        .toList());
    }

    @Test
    void reqidsFollowFromNamesAndLieInTheBand() {
        Reqid reqid = one(child("a")).reqid();
        assertThat(reqid)
                .isEqualTo(ReqidBand.of(new ChildName("net", "a")))
                .isNotEqualTo(one(child("b")).reqid());
        assertThat(ReqidBand.contains(reqid)).isTrue();
        assertThat(ReqidBand.contains(new Reqid(1))).isFalse();
        assertThat(Integer.toHexString(reqid.bits())).startsWith("58");
    }
}
