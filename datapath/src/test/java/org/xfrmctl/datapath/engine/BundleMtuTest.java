package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.cbc;
import static org.xfrmctl.datapath.engine.Samples.comp;
import static org.xfrmctl.datapath.engine.Samples.gcm;
import static org.xfrmctl.datapath.engine.Samples.ip;
import static org.xfrmctl.datapath.engine.Samples.key;
import static org.xfrmctl.datapath.engine.Samples.policy;
import static org.xfrmctl.datapath.engine.Samples.state;
import static org.xfrmctl.datapath.engine.Samples.transport;
import static org.xfrmctl.datapath.engine.Samples.tunnel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmState;

/** What fits into a bundle on a 1500-byte path; every number was measured on Linux 6.1. */
public class BundleMtuTest {
    private final XfrmNamespace namespace = new XfrmNamespace(new HandClock(), new Random(7));
    private final Routing routing =
            destination -> Optional.of(new Routing.Path(1500, IpAddress.any(destination.family()), 1));

    private static List<Algorithm> algorithms(String name) {
        return switch (name) {
            case "gcm16" -> gcm(128);
            case "gcm12" -> gcm(96);
            case "gcm8" -> gcm(64);
            case "cbc-sha256" -> cbc("hmac(sha256)", 32, 128);
            case "cbc-sha1" -> cbc("hmac(sha1)", 20, 96);
            case "cbc-sha512" -> cbc("hmac(sha512)", 64, 256);
            case "null-sha1" ->
                List.of(
                        new Algorithm.Encryption("ecb(cipher_null)", key(0)),
                        new Algorithm.Authentication("hmac(sha1)", key(20), 96));
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "gcm16, 1446, 1426",
        "gcm12, 1450, 1430",
        "gcm8, 1454, 1434",
        "cbc-sha256, 1438, 1406",
        "cbc-sha1, 1438, 1422",
        "cbc-sha512, 1422, 1390",
        "null-sha1, 1458, 1438"
    })
    void espTunnel(String cipher, int v4, int v6) {
        assertThat(mtu(false, false, tunnelState(false, cipher).build())).isEqualTo(v4);
        assertThat(mtu(true, true, tunnelState(true, cipher).build())).isEqualTo(v6);
    }

    @Test
    void oneFamilyInTheOther() {
        assertThat(mtu(true, false, forBoth(false))).isEqualTo(1446);
        assertThat(mtu(false, true, forBoth(true))).isEqualTo(1426);
    }

    private static XfrmState forBoth(boolean v6) {
        return tunnelState(v6, "gcm16")
                .flags(StateFlags.NONE.with(StateFlag.AF_UNSPEC))
                .selector(Selector.any(Family.UNSPEC))
                .build();
    }

    @Test
    void udpEncapsulationCostsEight() {
        Encap encap = new Encap(Encap.ESPINUDP, 4500, 4500, IpAddress.ANY_V4);
        StateOptions options = StateOptions.NONE.withNatTraversal(NatTraversal.of(encap));
        assertThat(mtu(
                        false,
                        false,
                        tunnelState(false, "gcm16").options(options).build()))
                .isEqualTo(1438);
    }

    @Test
    void transportModeKeepsTheHeaderInFront() {
        XfrmState esp = tunnelState(false, "gcm16").mode(Mode.TRANSPORT).build();
        assertThat(mtu(false, false, esp)).isEqualTo(1466);
    }

    @ParameterizedTest
    @CsvSource({"false, none, 1480", "false, gcm16, 1446", "true, gcm16, 1426", "false, cbc-sha256, 1438"})
    void compressionHasNoCredit(boolean v6, String cipher, int expected) {
        XfrmState comp = comp(source(v6), destination(v6), 0x10, Mode.TUNNEL).build();
        assertThat(
                        cipher.equals("none")
                                ? mtu(v6, v6, comp)
                                : mtu(
                                        v6,
                                        v6,
                                        comp,
                                        tunnelState(v6, cipher)
                                                .mode(Mode.TRANSPORT)
                                                .build()))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"hmac(sha256), 128, 1448, 1428", "hmac(sha1), 96, 1456, 1436"})
    void authenticationHeader(String name, int bits, int v4, int v6) {
        for (boolean six : new boolean[] {false, true}) {
            XfrmState ah = state(source(six), destination(six), IpProtocol.AH, 5)
                    .mode(Mode.TUNNEL)
                    .algorithms(List.of(new Algorithm.Authentication(name, key(32), bits)))
                    .build();
            assertThat(mtu(six, six, ah)).isEqualTo(six ? v6 : v4);
        }
    }

    private static final Pattern CAPTURED =
            Pattern.compile("(?m)^(v[46])(?:/(v[46]))? (\\w.*?) +icmp6? type \\d code \\d mtu (\\d+) ");

    /** Every row of the kernel's own table: inner and outer family, transforms, what fits. */
    @Test
    void everyRowOfTheCapturedTable() throws IOException {
        Path table = Path.of("src/test/resources/org/xfrmctl/datapath/results/result-pmtu.txt");
        List<MatchResult> rows =
                CAPTURED.matcher(Files.readString(table)).results().toList();
        assertThat(rows).hasSize(35);
        for (MatchResult row : rows) {
            boolean inner6 = row.group(1).equals("v6");
            boolean outer6 = row.group(2) == null ? inner6 : row.group(2).equals("v6");
            XfrmState[] states = captured(outer6, row.group(3));
            if (inner6 != outer6) {
                // Another family than the addresses' own needs a selector that covers it.
                states[0] = states[0].toBuilder()
                        .selector(Selector.any(inner6 ? Family.INET6 : Family.INET))
                        .build();
            }
            assertThat(mtu(inner6, outer6, states)).as(row.group()).isEqualTo(Integer.parseInt(row.group(4)));
        }
    }

    /** {@code comp tun + esp tr gcm16}: the innermost first. */
    public static XfrmState[] captured(boolean v6, String transforms) {
        return Stream.of(transforms.split(" \\+ ", -1))
                .map(transform ->
                        captured(v6, List.of(transform.split(" ", -1))).build())
                .toArray(XfrmState[]::new);
    }

    private static XfrmState.Builder captured(boolean v6, List<String> words) {
        String first = words.get(0);
        String from = source(v6);
        String to = destination(v6);
        if (first.equals("comp")) {
            return comp(from, to, 0x11, Mode.TUNNEL);
        }
        Mode mode = words.contains("tr") ? Mode.TRANSPORT : Mode.TUNNEL;
        String name = words.size() > (first.equals("tun") ? 1 : 2) ? words.get(first.equals("tun") ? 1 : 2) : "";
        if (first.equals("ah") || name.startsWith("ah-")) {
            boolean sha256 = name.startsWith("ah-sha256");
            int bits = name.equals("ah-sha256_128") ? 128 : 96;
            return state(from, to, IpProtocol.AH, 5)
                    .mode(mode)
                    .flags(words.contains("align4") ? StateFlags.NONE.with(StateFlag.ALIGN4) : StateFlags.NONE)
                    .algorithms(List.of(
                            new Algorithm.Authentication(sha256 ? "hmac(sha256)" : "hmac(sha1)", key(32), bits)));
        }
        XfrmState.Builder esp =
                state(from, to, IpProtocol.ESP, 0x111).mode(mode).algorithms(captured(name));
        Encap encap = new Encap(Encap.ESPINUDP, 4500, 4500, ip("0.0.0.0"));
        return words.contains("udp-encap")
                ? esp.options(StateOptions.NONE.withNatTraversal(NatTraversal.of(encap)))
                : esp;
    }

    private static List<Algorithm> captured(String name) {
        return switch (name) {
            case "3des-md5" ->
                List.of(
                        new Algorithm.Encryption("cbc(des3_ede)", key(24)),
                        new Algorithm.Authentication("hmac(md5)", key(16), 96));
            case "ctr-sha256" ->
                List.of(
                        new Algorithm.Encryption("rfc3686(ctr(aes))", key(20)),
                        new Algorithm.Authentication("hmac(sha256)", key(32), 128));
            case "chacha" -> List.of(new Algorithm.Aead("rfc7539esp(chacha20,poly1305)", key(36), 128));
            case "gmac" -> List.of(new Algorithm.Aead("rfc4543(gcm(aes))", key(20), 128));
            case "", "gcm16" -> gcm(128);
            case "cbc" -> algorithms("cbc-sha256");
            default -> algorithms(name.replaceFirst("_\\d+$", ""));
        };
    }

    private static String source(boolean v6) {
        return v6 ? "fec0::100" : "192.168.0.100";
    }

    private static String destination(boolean v6) {
        return v6 ? "fec0::1" : "192.168.0.1";
    }

    private static XfrmState.Builder tunnelState(boolean v6, String cipher) {
        return state(source(v6), destination(v6), IpProtocol.ESP, 0x111)
                .mode(Mode.TUNNEL)
                .algorithms(algorithms(cipher));
    }

    private int mtu(boolean inner6, boolean outer6, XfrmState... states) {
        namespace.states().flush(IpProtocol.ANY);
        namespace.policies().list().forEach(namespace.policies()::remove);
        String from = inner6 ? "fd03::9" : "10.3.0.9";
        String to = inner6 ? "fd01::9" : "10.1.0.9";
        boolean onlyTransport = states[0].mode().equals(Mode.TRANSPORT);
        FlowKey flow = FlowKey.of(
                onlyTransport
                        ? new Flow(ip(source(outer6)), ip(destination(outer6)), 17, 1, 2)
                        : new Flow(ip(from), ip(to), 17, 1, 2),
                0);
        for (XfrmState state : states) {
            namespace.states().insert(state);
        }
        List<Template> templates = List.of(states).stream()
                .map(state -> state.mode().equals(Mode.TUNNEL)
                        ? tunnel(source(outer6), destination(outer6), state.id().protocol(), Level.REQUIRED)
                        : transport(source(outer6), state.id().protocol(), Level.REQUIRED))
                .toList();
        namespace
                .policies()
                .insert(policy(
                                Direction.OUT,
                                flow.source().toString(),
                                flow.destination().toString())
                        .templates(templates)
                        .build());
        Decision decision = new OutputProcessor(namespace, () -> 1).lookup(flow, routing);
        assertThat(decision).isInstanceOf(Decision.Protect.class);
        return ((Decision.Protect) decision).bundle().mtu();
    }
}
