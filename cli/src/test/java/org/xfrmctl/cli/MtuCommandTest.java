package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import picocli.CommandLine;

/** {@code xfrmctl mtu} for a way whose MTU is given; MtuCommandIT asks a kernel. */
class MtuCommandTest {
    private static final String PLAIN =
            Definitions.GOOD.replace("        ipcomp: yes\n", "").replaceAll("cpi: 0x100[12], ", "");

    private final Console console = new Console();

    @TempDir
    private Path directory;

    private Console.Result mtu(String definition, String... more) {
        String file = Definitions.write(directory, "carol.yaml", definition);
        String[] words = new String[3 + more.length];
        words[0] = "mtu";
        words[1] = "-f";
        words[2] = file;
        System.arraycopy(more, 0, words, 3, more.length);
        return console.run(words);
    }

    @Test
    void eachLineTakesSomethingAndSaysWhatIsLeft() {
        Console.Result result = mtu(PLAIN.replace("aes128gcm16", "aes128-sha256"), "--link-mtu", "1492");

        assertThat(result).isEqualTo(new Console.Result(0, """
                home/net: MTU 1422
                part                                    takes  left  says who
                way to 192.168.0.1                             1492  as given
                ESP: outer IPv4 header                     20  1472
                ESP: header (SPI, sequence number)          8  1464
                ESP: initialization vector                 16  1448
                ESP: trailer (pad length, next header)      2  1446
                ESP: integrity check value                 16  1430
                ESP: lost to alignment                      8  1422
                TCP MSS, IPv4                              40  1382  IP and TCP header
                  ESP's payload with its trailer fills blocks of 16 bytes: every path from 1484 to 1499 leaves 1422.
                  TCP options come out of the MSS: with timestamps (12 bytes) a segment carries 1370.
                """, ""));
    }

    /** examples/route-based: its selectors say nothing, its interfaces do. */
    @Test
    void anInterfacesMtuStandsInTheDefinition() {
        Console.Result result = console.run("mtu", "-f", "../examples/route-based/x.yaml", "--link-mtu", "1500");

        assertThat(result.out())
                .contains("vpn/red: MTU 1300\n", "vpn/blue: MTU 1400\n")
                .containsPattern("the child's interface +146 +1300  interface red, as defined\n")
                .containsPattern("the child's interface +46 +1400  interface blue, as defined\n");
    }

    @Test
    void itTakesNeitherKernelNorSecrets() {
        console.between(transport -> {
            throw new AssertionError("the kernel is asked");
        });
        String withoutKeys = Definitions.GOOD.replace(".key }", ".nowhere }");

        assertThat(mtu(withoutKeys, "--link-mtu", "1500").out())
                .startsWith("home/net: MTU 1446\n")
                .contains("IPComp: outer IPv4 header", "no smaller");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1500 | 1400 | 1446 | filled up to 1400 bytes
            1300 | 1400 | 1246 | filled up to 1246 bytes
            """)
    void paddingGoesNoFurtherThanFits(String link, String padding, String mtu, String note) {
        String padded = PLAIN.replace("mode: tunnel", "mode: tunnel\n        tfc_padding: " + padding);

        assertThat(mtu(padded, "--link-mtu", link).out())
                .startsWith("home/net: MTU " + mtu + "\n")
                .contains(note);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1336 | 1282 |
            1335 | 1278 | IPv6 needs an MTU of 1280 (RFC 8200, section 5), and here are 1278: .* it takes a path of 1336
            """)
    void whatIsTooLittleForIpv6IsTold(String link, String mtu, String warning) {
        String six = PLAIN.replace("192.168.0.100/32", "\"fd03::/64\"").replace("10.1.0.0/16", "\"fd01::/64\"");
        Console.Result result = mtu(six, "--link-mtu", link);

        assertThat(result.out()).startsWith("home/net: MTU " + mtu + "\n").contains("TCP MSS, IPv6");
        if (warning == null) {
            assertThat(result.out()).doesNotContain("!");
        } else {
            assertThat(result.out())
                    .containsPattern("! " + warning.replace("(", "\\(").replace(")", "\\)"));
        }
    }

    @ParameterizedTest
    @CsvSource({"628, 'less than the 576 bytes'", "600, 'do not follow a router below 552'"})
    void whatIsLittleForIpv4IsTold(String link, String warning) {
        assertThat(mtu(PLAIN, "--link-mtu", link).out()).contains("  ! IPv4 gets an MTU of ", warning);
    }

    @ParameterizedTest
    @CsvSource({"aes128-sha256, 652", "aes128gcm16, 632"})
    void nothingLeftIsSaidInPlaceOfANumber(String proposal, String needed) {
        String definition = PLAIN.replace("aes128gcm16", proposal);

        assertThat(mtu(definition, "--link-mtu", "68").out())
                .startsWith("home/net: nothing is left\n")
                .doesNotContain("MTU", "MSS", "every path")
                .endsWith("  ! nothing is left for packets, not even for more than an IP header: it takes a path of "
                        + needed + " to leave 576\n");
        assertThat(mtu(definition, "--link-mtu", "68", "--json").out())
                .contains("\"mtu\" : 0,", "\"mss\" : 0", "\"least_way\" : ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"67", "65536", "-1"})
    void anMtuThatNoLinkHasIsRefused(String mtu) {
        Console.Result result = mtu(PLAIN, "--link-mtu=" + mtu);

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.errors().get(0)).isEqualTo("xfrmctl: --link-mtu " + mtu + " is not in 68..65535");
    }

    /** This machine's, but that it refuses to show policies. */
    private static Kernel closed() {
        return new Kernel() {
            @Override
            public NetlinkTransport open() {
                throw new NetlinkException(Errno.EPERM.number(), "list states");
            }

            @Override
            public Optional<NetlinkTransport> openRoute() {
                return Optional.of(AfNetlinkSocket.open(NetlinkProtocol.ROUTE));
            }
        };
    }

    /** This machine's kernel tells its routes to everybody; here another than it refuses to show its policies. */
    @Test
    void whoMayNotSeePoliciesIsToldTheMtuAllTheSame() {
        String here = PLAIN.replace("192.168.0.100", "127.0.0.1").replace("192.168.0.1\n", "127.0.0.2\n");
        StringWriter out = new StringWriter();
        int status = run(closed(), here, out);

        assertThat(out.toString())
                .startsWith("home/net: MTU ")
                .contains("interface lo", "not asked: looking at policies and states takes CAP_NET_ADMIN");
        assertThat(status).isZero();
    }

    private int run(Kernel kernel, String definition, StringWriter out, String... more) {
        CommandLine command = Main.commandLine(kernel).setOut(new PrintWriter(out, true));
        List<String> words =
                new ArrayList<>(List.of("mtu", "-f", Definitions.write(directory, "here.yaml", definition)));
        words.addAll(List.of(more));
        return command.execute(words.toArray(new String[0]));
    }

    /** The first sends from an address that this machine does not have. */
    @Test
    void aChildWithoutAWayTakesNothingFromTheOthers() {
        String two = """
                connections:
                  lost:
                    local_addrs: 203.0.113.77
                    remote_addrs: 127.0.0.2
                    children:
                      net:
                        local_ts: 203.0.113.77/32
                        remote_ts: 10.9.0.0/16
                        sas:
                          out: { spi: 0xc1000003, key: lost-out }
                          in:  { spi: 0xc1000004, key: lost-in }
                """
                + PLAIN.replace("192.168.0.100", "127.0.0.1")
                        .replace("192.168.0.1\n", "127.0.0.2\n")
                        .replace("connections:\n", "")
                + "  lost-out: { file: nowhere }\n  lost-in: { file: nowhere }\n";
        StringWriter text = new StringWriter();
        StringWriter json = new StringWriter();

        assertThat(run(closed(), two, text)).isEqualTo(ExitCode.FAILED);
        assertThat(text.toString())
                .startsWith("lost/net: there is no way to 127.0.0.2: ")
                .contains("--link-mtu N\nhome/net: MTU ");
        assertThat(run(closed(), two, json, "--json")).isEqualTo(ExitCode.FAILED);
        assertThat(json.toString())
                .contains("\"error\" : \"there is no way to 127.0.0.2: ", "\"child\" : \"home/net\"");
    }

    @Test
    void aKernelWithoutRoutesSaysWhatToDo() {
        Console.Result result = mtu(PLAIN);

        assertThat(result.status()).isEqualTo(ExitCode.FAILED);
        assertThat(result.errors())
                .containsExactly(
                        "xfrmctl: this kernel has no routes: it is one of states and policies alone",
                        "  say the MTU of the way to the peer with --link-mtu N");
    }
}
