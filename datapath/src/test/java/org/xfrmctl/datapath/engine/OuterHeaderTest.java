package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.esp;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.PacketVectors;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.datapath.wire.Ipv6Header;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.ExtraFlag;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.XfrmState;

/** Headers of tunnels, in and out; every row was seen on Linux 6.1. */
class OuterHeaderTest {
    private static final int ID = 0x8a00;
    private static final Path TABLE = Path.of("src/test/resources/org/xfrmctl/datapath/results/result-headers.txt");
    /** Those of {@link #TABLE} that are about one packet that fits; the others need a router. */
    private static final int ROWS = 148;

    private final XfrmNamespace namespace = new XfrmNamespace(new HandClock(), new Random(7));
    private final OutputProcessor output = new OutputProcessor(namespace, () -> ID);
    private final InputProcessor input = new InputProcessor(namespace);

    private static StateFlags flags(String name) {
        return switch (name) {
            case "noecn" -> StateFlags.NONE.with(StateFlag.NOECN);
            case "nopmtudisc" -> StateFlags.NONE.with(StateFlag.NOPMTUDISC);
            case "decap-dscp" -> StateFlags.NONE.with(StateFlag.DECAP_DSCP);
            case "dont-encap-dscp" -> StateFlags.NONE.with(ExtraFlag.DONT_ENCAP_DSCP);
            default -> StateFlags.NONE;
        };
    }

    private SecurityAssociation tunnel(boolean v6, String flag) {
        XfrmState.Builder state = v6
                ? esp("fec0::100", "fec0::1", 0x111, Mode.TUNNEL)
                : esp("192.168.0.100", "192.168.0.1", 0x111, Mode.TUNNEL);
        return namespace
                .states()
                .insert(state.flags(flags(flag).with(StateFlag.AF_UNSPEC))
                        .selector(Selector.any(Family.UNSPEC))
                        .build())
                .association()
                .orElseThrow();
    }

    private IpHeader encapsulate(PacketBuffer inner, SecurityAssociation association) {
        Verdict verdict =
                output.transform(new Packet(inner), new Bundle(1446, List.of(new Bundle.Step(association, 1500))));
        assertThat(verdict).isInstanceOf(Verdict.Forward.class);
        return IpHeader.read(inner).orElseThrow();
    }

    private static PacketBuffer inner(boolean v6, int trafficClass, boolean dontFragment) {
        PacketBuffer packet = PacketBuffer.of(new byte[100]);
        IpAddress from = ip(v6 ? "fd03::9" : "10.3.0.9");
        IpHeader header = IpHeader.prepend(packet, from, ip(v6 ? "fd01::9" : "10.1.0.9"), 17);
        header.trafficClass(trafficClass);
        if (header instanceof Ipv4Header v4) {
            v4.dontFragment(dontFragment);
        } else if (header instanceof Ipv6Header six) {
            six.flowLabel(0xabcde);
        }
        header.finish(packet.length());
        return packet;
    }

    @ParameterizedTest
    @CsvSource({
        "none, b8, b8",
        "none, b9, b9",
        "none, ba, ba",
        "none, bb, ba",
        "none, 03, 02",
        "noecn, bb, b8",
        "noecn, 01, 00",
        "dont-encap-dscp, b8, 00",
        "dont-encap-dscp, b9, 01",
        "dont-encap-dscp, bb, 02",
        "decap-dscp, bb, ba"
    })
    void trafficClass(String flag, String inner, String outer) {
        for (boolean v6 : new boolean[] {false, true}) {
            IpHeader header = encapsulate(inner(v6, Integer.parseInt(inner, 16), false), tunnel(v6, flag));
            assertThat(header.trafficClass()).isEqualTo(Integer.parseInt(outer, 16));
            assertThat(header.hopLimit()).isEqualTo(64);
        }
    }

    @ParameterizedTest
    @CsvSource({"none, false, false", "none, true, true", "nopmtudisc, true, false"})
    void dontFragment(String flag, boolean inner, boolean outer) {
        Ipv4Header header = (Ipv4Header) encapsulate(inner(false, 0, inner), tunnel(false, flag));
        assertThat(header.dontFragment()).isEqualTo(outer);
        assertThat(header.identification()).isEqualTo(outer ? 0 : ID);
        assertThat(header.totalLength()).isEqualTo(20 + 16 + 124 + 16);
    }

    @Test
    void ipv6InsideNeverLetsTheOuterBeFragmentedAndTheFlowLabelShows() {
        Ipv4Header v4 = (Ipv4Header) encapsulate(inner(true, 0, false), tunnel(false, "none"));
        assertThat(v4.dontFragment()).isTrue();
        Ipv6Header v6 = (Ipv6Header) encapsulate(inner(true, 0, false), tunnel(true, "none"));
        assertThat(v6.flowLabel()).isEqualTo(0xabcde);
        namespace.states().flush(IpProtocol.ANY);
        Ipv6Header mixed = (Ipv6Header) encapsulate(inner(false, 0, false), tunnel(true, "none"));
        assertThat(mixed.flowLabel()).isZero();
    }

    /** Rows: flag, outer, then the inner byte before and after. */
    @ParameterizedTest
    @CsvSource({
        "none, 00, bb, bb", "none, 03, b8, b8", "none, 03, b9, bb", "none, 03, ba, bb", "none, 48, b9, b9",
        "none, 4b, ba, bb", "noecn, 03, b9, b9", "noecn, 4b, ba, ba", "decap-dscp, 00, b9, 01",
                "decap-dscp, 03, b8, 00",
        "decap-dscp, 03, b9, 03", "decap-dscp, 48, bb, 4b", "decap-dscp, 4b, b8, 48", "decap-dscp, 4b, ba, 4b"
    })
    void decapsulation(String flag, String outer, String before, String after) {
        SecurityAssociation association = tunnel(false, flag);
        PacketBuffer packet = inner(false, Integer.parseInt(before, 16), false);
        IpHeader header = encapsulate(packet, association);
        header.trafficClass(Integer.parseInt(outer, 16));
        header.finish(packet.length());
        assertThat(input.receive(new Packet(packet))).isInstanceOf(Verdict.Forward.class);
        Ipv4Header inner = Ipv4Header.read(packet, 0).orElseThrow();
        assertThat(inner.trafficClass()).isEqualTo(Integer.parseInt(after, 16));
        assertThat(inner.checksumIsValid()).isTrue();
        namespace.states().flush(IpProtocol.ANY);
    }

    /** A captured packet of a real kernel comes out as it did there, but for the TTL that forwarding takes off. */
    @ParameterizedTest
    @CsvSource({"esp-gcm16-v4tun-v4, false", "esp-gcm16-v6tun-v6, true"})
    void capturedPackets(String name, boolean v6) {
        PacketVectors.Vector vector = PacketVectors.load().get(name);
        Key key = Key.of(
                Bytes.parseHex("0102030405060708090a0b0c0d0e0f1011121314").toArray());
        XfrmState.Builder state = v6
                ? esp("fec0::100", "fec0::1", 0x111, Mode.TUNNEL)
                : esp("192.168.0.100", "192.168.0.1", 0x111, Mode.TUNNEL);
        SecurityAssociation association = namespace
                .states()
                .insert(state.algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", key, 128)))
                        .build())
                .association()
                .orElseThrow();
        PacketBuffer packet = PacketBuffer.of(vector.wire());
        assertThat(input.receive(new Packet(packet))).isInstanceOf(Verdict.Forward.class);
        IpHeader header = IpHeader.read(packet).orElseThrow();
        header.hopLimit(header.hopLimit() - 1);
        header.finish(packet.length());
        assertThat(packet.toBytes()).isEqualTo(vector.plainOut());
        assertThat(association.current().bytes()).isEqualTo(v6 ? 123 : 103);
    }

    private static final Pattern FAMILIES = Pattern.compile("=== v([46]) in v([46]) ?(.*)");
    private static final Pattern OUTWARD = Pattern.compile(
            "  (?:tos|tc|df) \\| in .* (?:tos|tc)=(\\w\\w) .*?(?:df=(\\d) .*)?\\| outer \\['.*? (?:tos|tc)=(\\w\\w) ([^']*)'.*");
    private static final Pattern INWARD = Pattern.compile("   outer tos (\\w\\w) inner (\\w\\w) -> \\['(\\w\\w)']");

    /** Every row of the captured table about one packet that fits. */
    @Test
    void everyRowOfTheCapturedTable() throws IOException {
        boolean inner6 = false;
        boolean outer6 = false;
        String flag = "none";
        int rows = 0;
        for (String line : Files.readAllLines(TABLE)) {
            Matcher families = FAMILIES.matcher(line);
            Matcher outward = OUTWARD.matcher(line);
            Matcher inward = INWARD.matcher(line);
            if (families.matches()) {
                inner6 = families.group(1).equals("6");
                outer6 = families.group(2).equals("6");
                flag = families.group(3).isEmpty() ? "none" : families.group(3);
            } else if (line.startsWith("-- ")) {
                flag = line.substring(3).replace("flag ", "").replaceFirst("^decap$", "decap-dscp");
            } else if (inward.matches()) {
                decapsulation(flag, inward.group(1), inward.group(2), inward.group(3));
                rows++;
            } else if (outward.matches()) {
                captured(inner6, outer6, flag, outward);
                rows++;
            }
        }
        assertThat(rows).isEqualTo(ROWS);
    }

    private void captured(boolean inner6, boolean outer6, String flag, Matcher row) {
        boolean dontFragment = "1".equals(row.group(2));
        PacketBuffer packet = inner(inner6, Integer.parseInt(row.group(1), 16), dontFragment);
        IpHeader header = encapsulate(packet, tunnel(outer6, flag));
        assertThat(header.trafficClass()).as(row.group()).isEqualTo(Integer.parseInt(row.group(3), 16));
        if (header instanceof Ipv4Header v4) {
            assertThat(v4.dontFragment()).as(row.group()).isEqualTo(row.group(4).contains("df=1"));
            assertThat(v4.identification() == 0)
                    .as(row.group())
                    .isEqualTo(row.group(4).contains("id=0000"));
        }
        namespace.states().flush(IpProtocol.ANY);
    }
}
