package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.cbc;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.net;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.CapturedTable;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Samples;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.kernel.KernelSocket;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** The table result-replay-lifetime-esp.txt from its first line to its last: numbers, errors, limits and the bytes of ESP. */
class EspTableTest {
    private static final Plan P = Plan.V4;
    private static final int SPI = 0x111;
    private static final Pattern NUMBER = Pattern.compile("  seq (\\d+) .*");
    private static final List<Template> TUNNEL = List.of(tunnel(P.carol(), P.moon(), IpProtocol.ESP, Level.REQUIRED));
    private static final int[] TRAILER = {1, 2, 2, 4};

    private final CapturedTable table = CapturedTable.of("result-replay-lifetime-esp.txt", EspTableTest::masked);
    /** What came by since the last look that the table shows. */
    private final List<byte[]> seen = new ArrayList<>();

    private Forwarders forwarders = new Forwarders(1500);
    private Optional<KernelSocket> listener = Optional.empty();

    /** Initialisation vectors are drawn anew; that they fit together is asserted where they are made. */
    private static String masked(String line) {
        return line.replaceAll("(00000111[0-9a-f]{8})(?!4500)[0-9a-f]{24}(?=')", "$1*")
                .replaceAll("(cbc \\[\\(120, '[0-9a-f]{16})[0-9a-f]{32}", "$1*");
    }

    @Test
    void everyLine() {
        windows();
        errors();
        integrity();
        mismatches();
        limits();
        seconds();
        outbound();
        vectors();
        padding();
        table.assertSame();
    }

    private static XfrmState.Builder nullCipher() {
        return Samples.esp(P.carol(), P.moon(), SPI, Mode.TUNNEL)
                .algorithms(List.of(new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY)));
    }

    /** Moon has this state, carol not. */
    private void receiver(XfrmState.Builder state) {
        forwarders = new Forwarders(1500);
        forwarders.inbound(Direction.FWD, TUNNEL);
        forwarders.moon.namespace().states().insert(state.build());
        listen(forwarders.moon);
    }

    /** Carol has this state, moon not. */
    private void sender(XfrmState.Builder state) {
        forwarders = new Forwarders(1500);
        forwarders.outbound(TUNNEL);
        forwarders.carol.namespace().states().insert(state.build());
        listen(forwarders.carol);
    }

    private void listen(Host host) {
        KernelSocket socket = new UserspaceKernel(host.namespace()).open();
        socket.join(2);
        listener = Optional.of(socket);
    }

    /** IP and UDP with {@code length} letters behind them. */
    private static byte[] inner(int length) {
        byte[] data = new byte[length];
        Arrays.fill(data, (byte) 'z');
        PacketBuffer packet = PacketBuffer.of(data);
        UdpHeader.prepend(packet, 1, 2);
        Ipv4Header ip = Ipv4Header.prepend(packet, ip("10.3.0.9"), ip("10.1.0.9"), UdpHeader.PROTOCOL);
        ip.identification(0x1234);
        ip.finish(packet.length());
        return packet.toBytes();
    }

    private static byte[] esp(int spi, int number, byte[] text) {
        byte[] packet = new byte[8 + text.length];
        ByteBuffer.wrap(packet).putInt(spi).putInt(number).put(text);
        return packet;
    }

    /** The inner packet with a trailer. */
    private static byte[] text(int... trailer) {
        byte[] inner = inner(20);
        byte[] text = Arrays.copyOf(inner, inner.length + trailer.length);
        for (int i = 0; i < trailer.length; i++) {
            text[inner.length + i] = (byte) trailer[i];
        }
        return text;
    }

    /** How many packets come out of moon when this comes in, the state if asked for, and what is counted. */
    private String received(byte[] esp, boolean states) {
        Map<XfrmCounter, Long> before = Gateways.statistics(forwarders.moon);
        PacketBuffer packet = PacketBuffer.of(esp);
        IpHeader.prepend(packet, ip(P.carol()), ip(P.moon()), 50);
        seen.add(packet.toBytes());
        forwarders.receive(packet.toBytes());
        return forwarders.onLan.size() + " " + (states ? Wire.state(forwarders.moon) + " " : "")
                + Wire.statistics(forwarders.moon, before);
    }

    private void windows() {
        windows("== legacy replay window 32", nullCipher().replay(new ReplayState.Basic(32, 0, 0, 0)));
        windows("== window 0", nullCipher());
        table.say("== legacy window 255 -> clamped?");
        XfrmClient client = new XfrmClient(new UserspaceKernel(new Forwarders(1500).moon.namespace()).open());
        client.addState(nullCipher().replay(new ReplayState.Basic(255, 0, 0, 0)).build());
        ReplayState.Basic kept = (ReplayState.Basic) client.listStates().get(0).replay();
        table.say("replay_window " + kept.window());
        ReplayState wide = new ReplayState.Extended(128, 0, 0, List.of(0, 0, 0, 0));
        windows("== BMP window 128 (no ESN flag)", nullCipher().replay(wide));
        windows(
                "== ESN: cipher_null no auth, window 128",
                nullCipher().replay(wide).flags(StateFlags.NONE.with(StateFlag.ESN)));
    }

    private void windows(String title, XfrmState.Builder state) {
        table.say(title);
        receiver(state);
        for (Optional<String> number = number(); number.isPresent(); number = number()) {
            int sequence = Integer.parseUnsignedInt(number.get());
            table.say("seq " + number.get() + " rx " + received(esp(SPI, sequence, text(TRAILER)), true));
        }
    }

    /** The number in the table's next line. */
    private Optional<String> number() {
        return NUMBER.matcher(table.next())
                .results()
                .map(MatchResult::group)
                .findFirst()
                .map(line -> NUMBER.matcher(line).replaceAll("$1"));
    }

    private void errors() {
        table.say("== errors on input");
        receiver(nullCipher());
        error("unknown spi", esp(0x999, 1, text(TRAILER)), false);
        error("short esp 7B", new byte[7], false);
        error("esp hdr only 8B", esp(SPI, 1, new byte[0]), false);
        error("padlen too big", esp(SPI, 1, text(1, 2, 255, 4)), false);
        error("nh=59 dummy", esp(SPI, 1, text(1, 2, 2, 59)), true);
        error("nh=17 in tunnel SA", esp(SPI, 1, text(1, 2, 2, 17)), true);
        error("nh=41 w/ v4 inner", esp(SPI, 1, text(1, 2, 2, 41)), true);
        error("bad pad bytes", esp(SPI, 1, text(9, 9, 2, 4)), false);
        error("good", esp(SPI, 1, text(TRAILER)), true);
        error("payload empty (pad 2)", esp(SPI, 1, new byte[] {1, 2, 2, 4}), false);
        forwarders
                .moon
                .namespace()
                .policies()
                .list()
                .forEach(forwarders.moon.namespace().policies()::remove);
        error("no fwd policy", esp(SPI, 1, text(TRAILER)), false);
    }

    private void error(String label, byte[] esp, boolean state) {
        String counted = received(esp, false);
        table.say(label + " " + counted + (state ? " " + Wire.state(forwarders.moon) : ""));
    }

    private void integrity() {
        table.say("integrity: gcm SA");
        receiver(nullCipher().algorithms(gcm(128)));
        error("garbage icv", esp(SPI, 1, new byte[8 + 52 + 16]), true);
        error("bad len (not 4 mult)", esp(SPI, 1, new byte[8 + 53 + 16]), true);
        error("short (< icv)", esp(SPI, 1, new byte[12]), true);
    }

    private void mismatches() {
        table.say("== selector mismatch");
        receiver(nullCipher().selector(Selector.between(net("10.99.0.0/16"), net("10.1.0.0/16"))));
        error("", esp(SPI, 1, text(TRAILER)), true);
        table.say("== encap SA but raw ESP");
        Encap encap = new Encap(Encap.ESPINUDP, 4500, 4500, ip("0.0.0.0"));
        receiver(nullCipher().options(StateOptions.NONE.withNatTraversal(NatTraversal.of(encap))));
        error("", esp(SPI, 1, text(TRAILER)), true);
    }

    private static LifetimeLimits of(Limit bytes, Limit packets) {
        return new LifetimeLimits(bytes, packets, Limit.NEVER, Limit.NEVER);
    }

    private void limits() {
        table.say("== lifetimes: hard 100 bytes soft 50 / packets");
        receiver(nullCipher().limits(of(new Limit(50, 100), Limit.INFINITE)));
        for (int i = 0; i < 5; i++) {
            table.say("pkt " + i + " rx " + received(esp(SPI, i + 1, text(TRAILER)), true) + " " + events());
        }
        receiver(nullCipher().limits(of(Limit.INFINITE, new Limit(2, 4))));
        for (int i = 0; i < 6; i++) {
            if (i == 4) {
                seen.clear();
            }
            table.say("pktlimit pkt " + i + " rx " + received(esp(SPI, i + 1, text(TRAILER)), true) + " " + events());
        }
    }

    private String events() {
        List<String> events = new ArrayList<>();
        KernelSocket socket = listener.orElseThrow();
        for (Optional<ByteBuffer> next = socket.receiveNow(); next.isPresent(); next = socket.receiveNow()) {
            ByteBuffer event = next.get().order(ByteOrder.LITTLE_ENDIAN);
            events.add(String.format(
                    "('EXPIRE', 'hard=%d', 'B=%d P=%d')",
                    event.get(16 + 224), event.getLong(16 + 160), event.getLong(16 + 168)));
        }
        return events.toString();
    }

    /** What happens by the clock alone. */
    private String later(long millis) {
        forwarders.clock.advanceMillis(millis);
        forwarders.moon.namespace().runTimers();
        return events() + " " + Wire.state(forwarders.moon);
    }

    private void seconds() {
        receiver(nullCipher().limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(1, 3), Limit.NEVER)));
        table.say("add-lifetime t=1.3 " + later(1300));
        table.say("add-lifetime t=3.3 " + later(2000));
        receiver(nullCipher().limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, Limit.NEVER, new Limit(1, 2))));
        table.say("use-lifetime: unused for 2.5s");
        table.say(later(2500));
        forwarders.clock.advanceMillis(500);
        received(esp(SPI, 1, text(TRAILER)), false);
        table.say("after first use t=1.3 " + later(1300));
        table.say("after first use t=2.3 " + later(1000));
    }

    /** What carol's state says, and what she counts, when this packet comes from the left. */
    private String sent(int length) {
        Map<XfrmCounter, Long> before = Gateways.statistics(forwarders.carol);
        forwarders.send(inner(length));
        seen.addAll(forwarders.onWan);
        return Wire.state(forwarders.carol) + " " + Wire.statistics(forwarders.carol, before);
    }

    private void outbound() {
        table.say("== output side");
        sender(nullCipher().algorithms(gcm(128)).limits(of(Limit.INFINITE, new Limit(LifetimeLimits.INFINITE, 2))));
        for (int i = 0; i < 4; i++) {
            table.say("out pkt " + i + " " + sent(20));
        }
        sender(nullCipher().algorithms(gcm(128)).replay(new ReplayState.Basic(0, -3, 0, 0)));
        for (int i = 0; i < 4; i++) {
            table.say("oseq near wrap " + i + " " + sent(20));
        }
    }

    /** The first bytes of ESP of what came by. */
    private String heads(int length) {
        List<String> heads = new ArrayList<>();
        seen.forEach(packet -> heads.add("'" + HexFormat.of().formatHex(packet, 20, 20 + length) + "'"));
        seen.clear();
        return heads.toString();
    }

    /** Of AES-GCM, salt and number in one ({@code seqiv}); of AES-CBC, random. */
    private void vectors() {
        table.say("== IV check gcm");
        sender(nullCipher().algorithms(gcm(128)));
        sent(20);
        long salt = vector(seen.get(seen.size() - 1)) ^ 1;
        table.say(heads(20));
        for (int number = 2; number <= 3; number++) {
            sent(20);
            assertThat(vector(seen.get(0)) ^ number).isEqualTo(salt);
            table.say(heads(20));
        }
        sender(nullCipher().algorithms(cbc("hmac(sha1)", 20, 96)));
        long first = 0;
        for (int i = 0; i < 2; i++) {
            sent(20);
            assertThat(vector(seen.get(0))).isNotEqualTo(first);
            first = vector(seen.get(0));
            table.say("cbc [(" + seen.get(0).length + ", "
                    + heads(24).substring(1).replace("]", ")]"));
        }
    }

    private static long vector(byte[] packet) {
        return ByteBuffer.wrap(packet).getLong(28);
    }

    private void padding() {
        sender(nullCipher()
                .options(StateOptions.NONE.withExtras(
                        new StateExtras(Optional.empty(), 300, OptionalLong.empty(), Optional.empty()))));
        String after = sent(20);
        byte[] padded = seen.get(0);
        table.say("tfcpad 300 [(" + padded.length + ", "
                + heads(padded.length - 20).substring(1).replace("]", ")]") + " " + after.replace(" {}", ""));
        sender(nullCipher());
        for (int length = 20; length <= 24; length++) {
            sent(length);
            byte[] packet = seen.get(0);
            table.say("null pad " + length + " [(" + packet.length + ", '"
                    + HexFormat.of().formatHex(packet, packet.length - 6, packet.length) + "')]");
            seen.clear();
        }
    }
}
