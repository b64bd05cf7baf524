package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.cbc;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;

/** What a kernel counted (results/*.txt), row by row: the tables are read, and each row is done again. */
class CapturedResultsTest {
    private static final Path RESULTS = Path.of("src/test/resources/org/xfrmctl/datapath/results");
    private static final Pattern STATE = Pattern.compile("(\\w+)/\\w+ spi=0x(\\w+) B=(\\d+) P=(\\d+)");
    private static final Pattern NUMBER = Pattern.compile(
            "^  seq (\\d+) rx (\\d) \\{'B': (\\d+), 'P': (\\d+), 'rw': (\\d+), 'rp': (\\d+), 'integ': 0, 'replay': (.*), 'esn':"
                    + " (.*)} (\\{.*})$");
    /** How many bytes the time stamp of a ping may add to what is left of it, or save. */
    private static final int COMPRESSION = 16;

    /** Lines from one heading to the next, the heading first. */
    private static List<List<String>> sections(String file, String heading) {
        List<List<String>> sections = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(RESULTS.resolve(file))) {
                if (line.startsWith(heading)) {
                    sections.add(new ArrayList<>());
                }
                if (!sections.isEmpty()) {
                    sections.get(sections.size() - 1).add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sections;
    }

    static List<List<String>> pings() {
        List<List<String>> pings = new ArrayList<>();
        for (List<String> section : sections("result-counters.txt", "=== ")) {
            IntStream.range(0, section.size())
                    .filter(i -> section.get(i).startsWith("  -- size "))
                    .forEach(i ->
                            pings.add(List.of(section.get(0), section.get(i), section.get(i + 1), section.get(i + 2))));
        }
        assertThat(pings).hasSize(27);
        return pings;
    }

    @ParameterizedTest
    @MethodSource("pings")
    void pingsAreCountedAsTheyWere(List<String> row) {
        String title = row.get(0).substring(4);
        Gateways.Plan plan = Gateways.Plan.of(title.startsWith("v6"));
        Gateways gateways = gateways(title.substring(3), plan);
        int size = Integer.parseInt(row.get(1).substring("  -- size ".length()));
        boolean tunnel = title.contains("tunnel");

        assertThat(gateways.carol
                        .ping(PingOptions.of(ip(tunnel ? plan.alice() : plan.moon()), size))
                        .received())
                .isEqualTo(1);
        assertCounted(gateways.carol, row.get(2), title);
        assertCounted(gateways.moon, row.get(3), title);
    }

    private static Gateways gateways(String transforms, Gateways.Plan plan) {
        Gateways gateways = Gateways.withoutAlice();
        return switch (transforms) {
            case "ESP gcm tunnel" -> gateways.espTunnel(plan);
            case "ESP gcm transport" -> gateways.espTransport(plan, gcm(128));
            case "ESP cbc transport" -> gateways.espTransport(plan, cbc("hmac(sha256)", 32, 128));
            case "comp tunnel + esp transport" -> gateways.compressed(plan, Mode.TUNNEL);
            case "comp transport + esp transport" -> gateways.compressed(plan, Mode.TRANSPORT);
            default -> throw new IllegalArgumentException(transforms);
        };
    }

    private static void assertCounted(Host host, String row, String title) {
        Map<String, String> ours = Gateways.counters(host);
        List<MatchResult> states = STATE.matcher(row).results().toList();
        assertThat(ours).as(row).hasSameSizeAs(states);
        for (MatchResult state : states) {
            String name = name(state.group(1), state.group(2));
            String[] counted = ours.getOrDefault(name, "none/none").split("/", -1);
            assertThat(counted[1]).as("packets of %s in %s", name, row).isEqualTo(state.group(4));
            int bytes = Integer.parseInt(state.group(3));
            boolean compressed = title.startsWith("comp", 3) && state.group(1).equals("esp");
            int fuzzy = compressed ? COMPRESSION * Integer.parseInt(state.group(4)) : 0;
            assertThat(Integer.parseInt(counted[0]))
                    .as("bytes of %s in %s", name, row)
                    .isBetween(bytes - fuzzy, bytes + fuzzy);
        }
        assertThat(row).endsWith("STAT {}");
        assertThat(Gateways.statistics(host)).isEmpty();
    }

    /** As {@link Gateways#counters} names it. IPv6 numbers its implied states; the kernel had made others before. */
    private static String name(String protocol, String spi) {
        return switch (protocol) {
            case "ipip" -> "4:" + spi;
            case "ip6ip6" -> "41:" + (2 - Integer.parseInt(spi, 16) % 2);
            default -> spi;
        };
    }

    static List<List<String>> numbers() {
        List<List<String>> windows = sections("result-replay-lifetime-esp.txt", "== ").stream()
                .map(section -> section.stream()
                        .filter(line -> line.startsWith("==") || line.startsWith("  seq "))
                        .toList())
                .filter(section -> section.size() > 1)
                .toList();
        assertThat(windows).hasSize(4);
        return windows;
    }

    /** Packets with chosen numbers, one after the other into one state: all that is counted, and the window itself. */
    @ParameterizedTest
    @MethodSource("numbers")
    void numbersAreTakenOrRefusedAsTheyWere(List<String> rows) {
        Gateways gateways = Gateways.withoutAlice();
        gateways.moon
                .namespace()
                .states()
                .insert(esp("192.168.0.100", "192.168.0.1", 0x111, Mode.TUNNEL)
                        .algorithms(List.of(new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY)))
                        .replay(window(rows.get(0)))
                        .flags(flags(rows.get(0)))
                        .build());
        SecurityAssociation state = gateways.moon.namespace().states().list().get(0);
        for (String row : rows.subList(1, rows.size())) {
            MatchResult expected =
                    NUMBER.matcher(row).results().findFirst().orElseThrow(() -> new AssertionError("unread: " + row));
            Map<String, Long> before = statistics(gateways.moon);
            gateways.carol.inject(packet(Integer.parseUnsignedInt(expected.group(1))));
            Map<String, Long> rises = statistics(gateways.moon);
            before.forEach((counter, value) -> rises.merge(counter, -value, Long::sum));
            // The table's host had a policy for what comes out; here the lack of one is counted, and tells that it
            // came.
            boolean passed = rises.getOrDefault("XfrmInNoPols", 0L) == 1;
            rises.remove("XfrmInNoPols");
            rises.values().removeIf(value -> value == 0);

            assertThat(passed).as(row).isEqualTo(expected.group(2).equals("1"));
            assertThat(state.current().bytes() + " " + state.current().packets())
                    .as(row)
                    .isEqualTo(expected.group(3) + " " + expected.group(4));
            assertThat(state.statistics().replayWindow() + " "
                            + state.statistics().replay())
                    .as(row)
                    .isEqualTo(expected.group(5) + " " + expected.group(6));
            assertThat(python(state.replay())).as(row).isEqualTo(expected.group(7) + " " + expected.group(8));
            assertThat(rises.toString().replace("=", "': ").replaceAll("([{ ])(\\w+')", "$1'$2"))
                    .as(row)
                    .isEqualTo(expected.group(9));
        }
    }

    private static Map<String, Long> statistics(Host host) {
        Map<String, Long> byName = new TreeMap<>();
        Gateways.statistics(host).forEach((counter, value) -> byName.put(counter.toString(), value));
        return byName;
    }

    private static ReplayState window(String title) {
        return switch (title) {
            case "== legacy replay window 32" -> new ReplayState.Basic(32, 0, 0, 0);
            case "== window 0" -> ReplayState.Basic.NONE;
            case "== BMP window 128 (no ESN flag)", "== ESN: cipher_null no auth, window 128" ->
                new ReplayState.Extended(128, 0, 0, List.of(0, 0, 0, 0));
            default -> throw new IllegalArgumentException(title);
        };
    }

    private static StateFlags flags(String title) {
        return title.startsWith("== ESN") ? StateFlags.NONE.with(StateFlag.ESN) : StateFlags.NONE;
    }

    /** 48 bytes of IP and UDP in null-encrypted ESP. */
    private static PacketBuffer packet(int number) {
        PacketBuffer packet = PacketBuffer.of(new byte[28]);
        packet.u16(4, 28);
        Ipv4Header.prepend(packet, ip("10.9.0.1"), ip("10.1.0.10"), 17);
        packet.addBack(4);
        packet.i32(48, 0x01020204);
        packet.addFront(8);
        packet.i32(0, 0x111);
        packet.i32(4, number);
        IpHeader.prepend(packet, ip("192.168.0.100"), ip("192.168.0.1"), 50);
        return packet;
    }

    /** As the tables print it: oseq, seq, bitmap; or length, oseq, seq, their upper halves, window, bitmap. */
    private static String python(ReplayState replay) {
        if (replay instanceof ReplayState.Basic basic) {
            return "(" + basic.outbound() + ", " + Integer.toUnsignedString(basic.inbound()) + ", "
                    + Integer.toUnsignedString(basic.bitmap()) + ") None";
        }
        ReplayState.Extended extended = (ReplayState.Extended) replay;
        StringBuilder bitmap = new StringBuilder();
        for (int word : extended.bitmap()) {
            bitmap.append(String.format("%08x", Integer.reverseBytes(word)));
        }
        return "None (" + extended.bitmap().size() + ", 0, "
                + Integer.toUnsignedString((int) extended.inbound()) + ", 0, " + (extended.inbound() >>> 32) + ", "
                + extended.window() + ", '" + bitmap + "')";
    }
}
