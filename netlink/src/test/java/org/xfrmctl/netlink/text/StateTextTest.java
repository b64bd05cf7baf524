package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.text.TextOptions.Version;

class StateTextTest {
    private static final TextOptions BRIEF = TextOptions.brief(ZoneOffset.UTC);

    private static final XfrmState PLAIN = XfrmState.builder(
                    new SaId(IpAddress.parse("192.0.2.2"), new Spi(0x1001), IpProtocol.ESP),
                    IpAddress.parse("192.0.2.1"))
            .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", key("0102"), 128)))
            .build();

    @Test
    void printsExtraFlagsGluedToTheFlagsAsIpDoes() {
        XfrmState state = PLAIN.toBuilder()
                .selector(Selector.any(Family.UNSPEC))
                .flags(StateFlags.NONE
                        .with(StateFlag.NOECN)
                        .with(StateFlag.AF_UNSPEC)
                        .with(ExtraFlag.DONT_ENCAP_DSCP)
                        .with(ExtraFlag.OSEQ_MAY_WRAP))
                .build();
        assertThat(StateText.print(state, BRIEF.withStatistics(true)))
                .contains("\treplay-window 0 seq 0x00000000 flag noecn af-unspecextra_flag dont-encap-dscp"
                        + " oseq-may-wrap (0x00100001)\n")
                .doesNotContain("sel");
    }

    @Test
    void hidesKeysUnlessTheyAreAskedFor() {
        assertThat(StateText.print(PLAIN, BRIEF)).contains("\taead rfc4106(gcm(aes)) <<Keys hidden>> 128\n");
        assertThat(StateText.print(PLAIN, BRIEF.withKeys(Keys.SHOWN).withStatistics(true)))
                .contains("\taead rfc4106(gcm(aes)) 0x0102 (16 bits) 128\n");
    }

    @Test
    void printsTheBitmapEightWordsToALineHighestFirst() {
        XfrmState state = PLAIN.toBuilder()
                .replay(new ReplayState.Extended(
                        288, 0x1_0000_000aL, 0x2_0000_012cL, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)))
                .build();
        assertThat(StateText.print(state, BRIEF).lines())
                .containsSequence(
                        "\tanti-replay esn context:",
                        "\t seq-hi 0x2, seq 0x12c, oseq-hi 0x1, oseq 0xa",
                        "\t replay_window 288, bitmap-length 9",
                        "\t 00000009 00000008 00000007 00000006 00000005 00000004 00000003 00000002 ",
                        "\t 00000001 ");
    }

    @Test
    void endsAOneLineObjectWithARealLineBreak() {
        assertThat(StateText.print(PLAIN, BRIEF.withOneline(true)))
                .startsWith("src 192.0.2.1 dst 192.0.2.2\\\tproto esp spi 0x00001001 reqid 0 mode transport\\")
                .endsWith("\\\tsel src 0.0.0.0/0 dst 0.0.0.0/0 \\\n");
    }

    @Test
    void printsMarkAndOutputMarkOnOneLine() {
        XfrmState state = PLAIN.toBuilder()
                .mark(new Mark(0, 0xff))
                .options(StateOptions.NONE.withOutputMark(Optional.of(new Mark(0, 0xfff))))
                .build();
        assertThat(StateText.print(state, BRIEF)).contains("\tmark 0/0xff output-mark 0x0/0xfff\n");
    }

    @Test
    void printsWhatOnlyNewerReleasesKnowWhereTheyAreMeant() {
        StateOptions options = StateOptions.NONE.withPlacement(
                new Placement(Optional.of(SaDirection.OUT), OptionalInt.empty(), Optional.empty()));
        XfrmState state = PLAIN.toBuilder()
                .options(options)
                .mode(Mode.IPTFS)
                .reqid(new Reqid(7))
                .build();
        assertThat(StateText.print(state, BRIEF.withVersion(Version.V6_2)))
                .doesNotContain("dir out")
                .contains("reqid 7 mode 5\n");
        assertThat(StateText.print(state, BRIEF.withVersion(Version.V6_11)))
                .contains("\tdir out\n")
                .contains("reqid 7 mode 5\n");
        assertThat(StateText.print(state, BRIEF)).contains("\tdir out\n").contains("reqid 7 mode iptfs\n");
    }

    private static Key key(String hex) {
        return Key.of(HexFormat.of().parseHex(hex));
    }

    @Test
    void printsAnyTimeThatHasAYearInC() {
        XfrmState state = PLAIN.toBuilder()
                .current(new LifetimeCurrent(0, 0, Long.MIN_VALUE, 31_556_889_864_403_199L))
                .build();
        assertThat(StateText.print(state, BRIEF.withStatistics(true)))
                .contains("\t  add invalid-time use 1000000000-12-31 23:59:59\n");
    }

    @Test
    void leavesALengthOutThatIsNotStated() {
        XfrmState state = PLAIN.toBuilder()
                .algorithms(List.of(new Algorithm.Authentication("hmac(sha256)", key("0102"), 0)))
                .build();
        assertThat(StateText.print(state, BRIEF)).contains("\tauth hmac(sha256) <<Keys hidden>>\n");
    }
}
