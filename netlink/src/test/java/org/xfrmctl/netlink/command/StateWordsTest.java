package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Iptfs;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.SpiRequest;

/** Every word about states, and what it means. */
class StateWordsTest {
    private static final String ID = "src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1000 ";
    private static final String ESP = "state add " + ID + "enc cipher_null \"\" ";

    private static Arguments word(String words, Function<XfrmState, Object> member, Object value) {
        return arguments(words, member, value);
    }

    static Stream<Arguments> words() {
        return Stream.of(
                word("mode tunnel", XfrmState::mode, Mode.TUNNEL),
                word("mode t", XfrmState::mode, Mode.TRANSPORT),
                word("mode tu", XfrmState::mode, Mode.TUNNEL),
                word("mode b", XfrmState::mode, Mode.BEET),
                word("mode iptfs", XfrmState::mode, Mode.IPTFS),
                word("mode ip", XfrmState::mode, Mode.IPTFS),
                word("reqid 0x10", XfrmState::reqid, new Reqid(16)),
                word("reqid 4294967295", XfrmState::reqid, new Reqid(-1)),
                word("mark 5", XfrmState::mark, new Mark(5, -1)),
                word("mark 5 reqid 1", XfrmState::mark, new Mark(5, -1)),
                word("mark 5 mask 0xff", XfrmState::mark, new Mark(5, 0xff)),
                word("mark 0x2a/0xff", XfrmState::mark, new Mark(0x2a, 0xff)),
                word("mark 5 mask 0", XfrmState::mark, Mark.NONE),
                word("mark 0 mask 1", XfrmState::mark, new Mark(0, 1)),
                word("output-mark 7", state -> state.options().outputMark(), Optional.of(new Mark(7, -1))),
                word("output-mark 7 mask 15", state -> state.options().outputMark(), Optional.of(new Mark(7, 15))),
                word("output-mark 7/15", state -> state.options().outputMark(), Optional.of(new Mark(7, 15))),
                word("output-mark 7 mask 0", state -> state.options().outputMark(), Optional.of(new Mark(7, -1))),
                word("output-mark 0 mask 15", state -> state.options().outputMark(), Optional.empty()),
                word("if_id 0x64", XfrmState::ifId, new IfId(100)),
                word("tfcpad 128", state -> state.options().extras().tfcPad(), 128),
                word("flag noecn", XfrmState::flags, new StateFlags(1, 0)),
                word("flag decap-dscp nopmtudisc", XfrmState::flags, new StateFlags(6, 0)),
                word("flag wildrecv flag icmp", XfrmState::flags, new StateFlags(0x18, 0)),
                word("flag af-unspec align4", XfrmState::flags, new StateFlags(0x60, 0)),
                word("flag noecn flag 0x40", XfrmState::flags, new StateFlags(0x40, 0)),
                word("flag reqid 1", XfrmState::flags, StateFlags.NONE),
                word("extra-flag dont-encap-dscp oseq-may-wrap", XfrmState::flags, new StateFlags(0, 3)),
                word("extra-flag 0x80000000", XfrmState::flags, new StateFlags(0, 0x80000000)),
                word("replay-window 32", XfrmState::replay, new ReplayState.Basic(32, 0, 0, 0)),
                word("replay-seq 5 replay-oseq 6", XfrmState::replay, new ReplayState.Basic(0, 6, 5, 0)),
                word("replay-seq-hi 5 replay-oseq-hi 6", XfrmState::replay, ReplayState.Basic.NONE),
                word("replay-window 33", XfrmState::replay, extended(33, 0, 0, 2)),
                word(
                        "replay-window 8 replay-seq 1 replay-seq-hi 2 replay-oseq 3 replay-oseq-hi 4 flag esn",
                        XfrmState::replay,
                        extended(8, 0x4_0000_0003L, 0x2_0000_0001L, 1)),
                word("dir out flag esn", XfrmState::replay, extended(0, 0, 0, 0)),
                word("limit byte-soft 1 limit byte-hard 2", XfrmState::limits, limits(1, 2, -1, -1, 0, 0, 0, 0)),
                word("limit packet-soft 1 limit packet-hard 2", XfrmState::limits, limits(-1, -1, 1, 2, 0, 0, 0, 0)),
                word("limit time-soft 1 limit time-hard 2", XfrmState::limits, limits(-1, -1, -1, -1, 1, 2, 0, 0)),
                word(
                        "limit time-use-soft 1 limit time-use-hard 2",
                        XfrmState::limits,
                        limits(-1, -1, -1, -1, 0, 0, 1, 2)),
                word(
                        "dir in",
                        state -> state.options().placement(),
                        placed(Optional.of(SaDirection.IN), OptionalInt.empty(), -1)),
                word(
                        "pcpu-num 3",
                        state -> state.options().placement(),
                        placed(Optional.empty(), OptionalInt.of(3), -1)),
                word("pcpu-num 0xffffffff", state -> state.options().placement(), Placement.ANYWHERE),
                word(
                        "offload dev v0 dir in",
                        state -> state.options().placement(),
                        placed(Optional.of(SaDirection.IN), OptionalInt.empty(), Offload.INBOUND)),
                word(
                        "offload crypto dev v0 dir out",
                        state -> state.options().placement(),
                        placed(Optional.of(SaDirection.OUT), OptionalInt.empty(), 0)),
                word(
                        "offload packet dev if2 dir out dir in",
                        state -> state.options().placement(),
                        placed(Optional.of(SaDirection.IN), OptionalInt.empty(), Offload.INBOUND | Offload.PACKET)),
                word(
                        "encap espinudp 4500 54321 203.0.113.9",
                        state -> state.options().natTraversal(),
                        encap(2, "203.0.113.9", 0, 0)),
                word(
                        "encap espinudp-nonike 4500 54321 0.0.0.0",
                        state -> state.options().natTraversal(),
                        encap(1, "0.0.0.0", 0, 0)),
                word(
                        "encap espintcp 4500 54321 any",
                        state -> state.options().natTraversal(),
                        encap(7, "0.0.0.0", 0, 0)),
                word(
                        "encap espinudp 4500 54321 0.0.0.0 nat-keepalive-interval 20 mapping-timer 9",
                        state -> state.options().natTraversal(),
                        encap(2, "0.0.0.0", 20, 9)),
                word(
                        "mode iptfs iptfs-drop-time 1 iptfs-reorder-window 2 iptfs-dont-frag iptfs-init-delay 3"
                                + " iptfs-max-queue-size 4 iptfs-pkt-size 5",
                        state -> state.options().iptfs(),
                        new Iptfs(
                                OptionalInt.of(1),
                                OptionalInt.of(2),
                                true,
                                OptionalInt.of(3),
                                OptionalInt.of(4),
                                OptionalInt.of(5))),
                word(
                        "ctx system_u:t:s0",
                        state -> state.options().extras().label(),
                        Optional.of(new SecurityLabel(1, 1, bytes("system_u:t:s0\0")))),
                word(
                        "sel src 10.0.0.0/8 dst 10.1/16 proto udp sport 500 dport 53 dev v0",
                        XfrmState::selector,
                        new Selector(
                                IpPrefix.parse("10.0.0.0/8"),
                                IpPrefix.parse("10.1.0.0/16"),
                                IpProtocol.UDP,
                                PortMatch.exactly(500),
                                PortMatch.exactly(53),
                                new Selector.Binding(TestHost.V0, 0))),
                word(
                        "sel src fd01::/64",
                        XfrmState::selector,
                        Selector.between(IpPrefix.parse("fd01::/64"), IpPrefix.any(Family.INET6))),
                word("sel dev none limit byte-soft 1", XfrmState::selector, Selector.any(Family.UNSPEC)),
                word("reqid 1", XfrmState::selector, Selector.any(Family.UNSPEC)));
    }

    private static ReplayState extended(int window, long outbound, long inbound, int bitmap) {
        return new ReplayState.Extended(window, outbound, inbound, Collections.nCopies(bitmap, 0));
    }

    private static LifetimeLimits limits(long... numbers) {
        return new LifetimeLimits(
                new Limit(numbers[0], numbers[1]),
                new Limit(numbers[2], numbers[3]),
                new Limit(numbers[4], numbers[5]),
                new Limit(numbers[6], numbers[7]));
    }

    private static Placement placed(Optional<SaDirection> direction, OptionalInt cpu, int flags) {
        return new Placement(
                direction, cpu, flags < 0 ? Optional.empty() : Optional.of(new Offload(TestHost.V0, flags)));
    }

    private static NatTraversal encap(int type, String original, int keepalive, int mappingTimer) {
        Encap encap = new Encap(type, 4500, 54321, IpAddress.parse(original));
        return new NatTraversal(Optional.of(encap), keepalive, mappingTimer);
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("words")
    void eachWordHasItsMeaning(String words, Function<XfrmState, Object> member, Object value) {
        assertThat(member.apply(TestHost.subject(ESP + words, XfrmState.class))).isEqualTo(value);
    }

    @Test
    void seqIsInNetworkOrder() {
        assertThat(TestHost.subject(ESP + "seq 0x55", XfrmState.class).seq())
                .isEqualTo(ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? 0x55 : 0x55000000);
    }

    static Stream<Arguments> algorithms() {
        return Stream.of(
                arguments("esp", "enc cbc(aes) 0x0102", List.of(new Algorithm.Encryption("cbc(aes)", key("0102")))),
                arguments("esp", "enc cbc(aes) 0x102", List.of(new Algorithm.Encryption("cbc(aes)", key("0102")))),
                arguments("esp", "enc cbc(aes) 0xaBcD", List.of(new Algorithm.Encryption("cbc(aes)", key("abcd")))),
                arguments("esp", "enc cbc(aes) abc", List.of(new Algorithm.Encryption("cbc(aes)", key("616263")))),
                arguments("esp", "enc cbc(aes) 0x", List.of(new Algorithm.Encryption("cbc(aes)", key("3078")))),
                arguments("esp", "enc cipher_null \"\"", List.of(new Algorithm.Encryption("cipher_null", Key.EMPTY))),
                arguments(
                        "esp",
                        "enc cbc(aes) @" + TestHost.KEY_FILE,
                        List.of(new Algorithm.Encryption("cbc(aes)", key(TestHost.KEY_IN_FILE)))),
                arguments(
                        "esp",
                        "enc cbc(aes) 0x01 auth hmac(md5) 0x02",
                        List.of(
                                new Algorithm.Authentication("hmac(md5)", key("02"), 0),
                                new Algorithm.Encryption("cbc(aes)", key("01")))),
                arguments(
                        "esp",
                        "aead rfc4106(gcm(aes)) 0x01 0x80",
                        List.of(new Algorithm.Aead("rfc4106(gcm(aes))", key("01"), 128))),
                arguments(
                        "ah",
                        "auth-trunc hmac(sha256) 0x01 96",
                        List.of(new Algorithm.Authentication("hmac(sha256)", key("01"), 96))),
                arguments("comp", "comp deflate", List.of(Algorithm.Compression.DEFLATE)));
    }

    private static Key key(String hex) {
        return Key.of(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @MethodSource
    void algorithms(String protocol, String words, List<Algorithm> algorithms) {
        String line = "state add src ::1 dst ::2 proto " + protocol + " spi 5 " + words;

        assertThat(TestHost.subject(line, XfrmState.class).algorithms()).isEqualTo(algorithms);
    }

    @Test
    void aKeyHas512BytesAtMost() {
        String hex = "0x" + "ab".repeat(512);

        assertThat(TestHost.subject("state add " + ID + "enc cbc(aes) " + hex, XfrmState.class)
                        .algorithms()
                        .get(0)
                        .key()
                        .length())
                .isEqualTo(512);
        assertThatThrownBy(() -> TestHost.parse("state add " + ID + "enc cbc(aes) " + hex + "cd"))
                .hasMessage("word 13: the key has 513 bytes; the most are 512");
    }

    /** What is left out is zero, and of IPv4 if nothing tells the family. */
    @ParameterizedTest
    @CsvSource({
        "proto esp spi 5, 0.0.0.0, 0.0.0.0",
        "src ::1 proto esp spi 5, ::1, ::",
        "dst ::1 proto esp spi 5, ::, ::1",
        "src 10.1 dst 10.2/16 proto esp spi 5, 10.1.0.0, 10.2.0.0",
        "spi 5 proto esp dst 10.2 src 10.3 src 10.1, 10.1.0.0, 10.2.0.0"
    })
    void ids(String words, String source, String destination) {
        XfrmState state = TestHost.subject("state add " + words + " enc cipher_null \"\"", XfrmState.class);

        assertThat(state.id()).isEqualTo(new SaId(IpAddress.parse(destination), new Spi(5), IpProtocol.ESP));
        assertThat(state.source()).isEqualTo(IpAddress.parse(source));
    }

    @Test
    void statesOfMobileIpv6HaveACareOfAddress() {
        XfrmState state =
                TestHost.subject("state add src ::1 dst ::2 proto hao mode ro coa 2001:db8::9", XfrmState.class);

        assertThat(state.id()).isEqualTo(new SaId(IpAddress.parse("::2"), Spi.NONE, IpProtocol.DSTOPTS));
        assertThat(state.mode()).isEqualTo(Mode.ROUTE_OPTIMIZATION);
        assertThat(state.options().extras().careOf()).contains(IpAddress.parse("2001:db8::9"));
        assertThat(TestHost.subject("state add src ::1 dst ::2 proto route2 mode in_trigger coa ::9", XfrmState.class)
                        .mode())
                .isEqualTo(Mode.IN_TRIGGER);
    }

    @ParameterizedTest
    @CsvSource({
        "-4, src any dst 10.1 proto esp spi 5, 0.0.0.0",
        "-6, dst ::1 src default proto esp spi 5, ::",
        "-6, proto esp spi 5, ::"
    })
    void aFamilyMayBeAskedForBeforehand(String option, String words, String source) {
        String line = "ip " + option + " xfrm state add " + words + " enc cipher_null \"\"";

        assertThat(TestHost.subject(line, XfrmState.class).source()).isEqualTo(IpAddress.parse(source));
    }

    @ParameterizedTest
    @CsvSource({
        "proto esp, 0x100, 0x0fffffff",
        "proto comp, 0x100, 0xffff",
        "proto ah min 5 max 0xffffffff, 5, 0xffffffff",
        "proto ah min 7 max 7, 7, 7"
    })
    void anSpiHasBounds(String words, String min, String max) {
        SpiRequest spi = TestHost.subject("state allocspi src ::1 dst ::2 " + words, SpiRequest.class);

        assertThat(spi.min()).isEqualTo((int) Numbers.parse(min));
        assertThat(spi.max()).isEqualTo((int) Numbers.parse(max));
    }

    @Test
    void aStateIsNamed() {
        SaId id = new SaId(IpAddress.parse("::2"), new Spi(5), IpProtocol.ESP);
        StateKey plain = new StateKey(id, IpAddress.parse("::1"), Mark.NONE);
        String words = "src ::1 dst ::2 proto esp spi 5";

        assertThat(TestHost.subject("state delete " + words, StateKey.class)).isEqualTo(plain);
        assertThat(TestHost.parse("state get " + words)).isEqualTo(new IpCommand.GetState(plain));
        assertThat(TestHost.parse("state get mark 4 mask 3 " + words)).isEqualTo(new IpCommand.GetState(plain));
        assertThat(TestHost.subject("state delete " + words + " mark 6 mask 3", StateKey.class))
                .isEqualTo(new StateKey(id, IpAddress.parse("::1"), new Mark(2, 3)));
    }

    @ParameterizedTest
    @CsvSource({"'', ANY", "proto esp, ESP", "proto ipsec-any, IPSEC_ANY", "proto route2, ROUTING"})
    void statesAreFlushedByProtocol(String words, String protocol) throws ReflectiveOperationException {
        assertThat(TestHost.request("state flush " + words).subject())
                .isEqualTo(IpProtocol.class.getField(protocol).get(null));
        assertThat(TestHost.request("state flush " + words).type()).isEqualTo(XfrmMsg.FLUSHSA);
    }
}
