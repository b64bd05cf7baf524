package org.xfrmctl.manager.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;
import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.HeaderOptions;
import org.xfrmctl.model.definition.HeaderOptions.CopyDf;
import org.xfrmctl.model.definition.HeaderOptions.CopyDscp;
import org.xfrmctl.model.definition.Marks;
import org.xfrmctl.model.definition.PolicyOptions.LevelChoice;

/** What the compiler refuses, and what it warns of. */
class CompilerRefusalsTest {
    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("the reqid 7 of net/a", child("a").reqid(7), other().reqid(7)),
                refusal("wants the state dst 192.0.2.1 proto esp spi 0x00001000", child("a"), other().spi(0x1000)),
                refusal(
                        "wants the policy src 10.2.0.0/16 dst 10.1.0.0/16 dir in, as does net/a",
                        child("a"),
                        child("b").spi(0x2000)),
                refusal(
                        "net/b overlaps net/a at the same priority 387711",
                        child("a").traffic("10.1.0.0/16", "10.0.0.0/8"),
                        child("b").spi(0x2000).traffic("10.0.0.0/8", "10.2.0.0/16")),
                refusal(
                        "wrong interface",
                        child("a").ipcomp(),
                        other().ipcomp()
                                .marks(new Marks(
                                        Mark.NONE,
                                        Mark.NONE,
                                        Optional.empty(),
                                        Optional.empty(),
                                        new IfId(1),
                                        new IfId(1)))),
                refusal("no local_ts has the family", child("a").traffic("10.1.0.0/16", "fd00::/64")),
                refusal(
                        "transport mode protects the two hosts only",
                        child("a").transport().traffic("10.1.0.0/16", "192.0.2.2")),
                refusal(
                        "tfc_padding needs ESP in tunnel mode",
                        child("a").ipcomp().tfcPadding(300)),
                refusal("differ in family", child("a").between("192.0.2.1", "2001:db8::2")));
    }

    private static ChildBuilder other() {
        return child("b").spi(0x2000).traffic("10.3.0.0/16", "10.4.0.0/16");
    }

    private static Arguments refusal(String text, ChildBuilder... children) {
        return Arguments.of(text, children);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusesWhatCannotStandTogether(String text, ChildBuilder[] children) {
        assertThatThrownBy(() -> compile(children))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(text)
                .hasMessageStartingWith("test.yaml:1:1");
    }

    @Test
    void refusesKeysThatAreMissingOrOfTheWrongLength() {
        assertThatThrownBy(() -> ConnectionCompiler.compile(ChildBuilder.definition(child("a")), Map.of()))
                .hasMessageContaining("no key was given for the secret \"one\"");
        Map<String, Key> shortKey = Map.of("one", Key.of(new byte[16]));
        assertThatThrownBy(() -> ConnectionCompiler.compile(ChildBuilder.definition(child("a")), shortKey))
                .hasMessageContaining("has 16 bytes, but aes128gcm16 needs 20");
    }

    @Test
    void narrowerSelectorsMayLieInWiderOnes() {
        DesiredState desired = compile(
                child("a").traffic("10.0.0.0/8", "10.0.0.0/8"), child("b").spi(0x2000));
        assertThat(desired.children()).hasSize(2);
    }

    @Test
    void warnsOfWhatIsWeakerThanItLooks() {
        assertThat(compile(child("a").level(LevelChoice.USE)).warnings())
                .singleElement()
                .asString()
                .startsWith("net/a: level use lets packets in that were never encrypted");
        assertThat(compile(
                                child("a").ipcomp(),
                                other().ipcomp().headers(new HeaderOptions(CopyDf.YES, false, CopyDscp.OUT)))
                        .warnings())
                .singleElement()
                .asString()
                .contains("share the kernel's IPIP state");
        assertThat(compile(child("a").ipcomp()).warnings()).isEmpty();
    }
}
