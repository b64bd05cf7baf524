package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of the commands, word for word. */
class CommandsTest {
    private static final String BLOCKS = """
            + policy src 10.1.0.0/16 dst 192.168.0.100/32 dir in action block priority 375423
            + policy src 10.1.0.0/16 dst 192.168.0.100/32 dir fwd action block priority 375423
            + policy src 192.168.0.100/32 dst 10.1.0.0/16 dir out action block priority 375423
            """;
    private static final String UP_PLAN = BLOCKS + """
            + state src 192.168.0.1 dst 192.168.0.100 proto comp spi 0x00001002 reqid 1485885271 mode tunnel flag af-unspec
            + state src 192.168.0.1 dst 192.168.0.100 proto esp spi 0xc1000002 reqid 1485885271 mode transport replay-window 32
            ~ policy src 10.1.0.0/16 dst 192.168.0.100/32 dir in priority 375423 tmpl src 192.168.0.1 dst 192.168.0.100 \
            proto comp reqid 1485885271 mode tunnel level use tmpl proto esp reqid 1485885271 mode transport
            ~ policy src 10.1.0.0/16 dst 192.168.0.100/32 dir fwd priority 375423 tmpl src 192.168.0.1 dst 192.168.0.100 \
            proto comp reqid 1485885271 mode tunnel level use tmpl proto esp reqid 1485885271 mode transport
            + state src 192.168.0.100 dst 192.168.0.1 proto comp spi 0x00001001 reqid 1485885271 mode tunnel flag af-unspec
            + state src 192.168.0.100 dst 192.168.0.1 proto esp spi 0xc1000001 reqid 1485885271 mode transport
            ~ policy src 192.168.0.100/32 dst 10.1.0.0/16 dir out priority 375423 tmpl src 192.168.0.100 dst 192.168.0.1 \
            proto comp reqid 1485885271 mode tunnel tmpl proto esp reqid 1485885271 mode transport
            """;

    private final Console console = new Console();
    private String file = "";

    @BeforeEach
    void write(@TempDir Path directory) {
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
    }

    private void up() {
        assertThat(console.run("up", "-f", file).status()).isZero();
    }

    @Test
    void checkCountsWhatIsDefined() {
        assertThat(console.run("check", "-f", file))
                .isEqualTo(new Console.Result(0, "ok: 1 connection, 1 child, 4 states, 3 policies\n", ""));
    }

    @Test
    void planShowsChangesInOrderAndMakesNone() {
        String before = console.tables();

        assertThat(console.run("plan", "-f", file)).isEqualTo(new Console.Result(2, UP_PLAN, ""));
        assertThat(console.tables()).isEqualTo(before);
    }

    @Test
    void upDoesWhatPlanShowed() {
        assertThat(console.run("up", "-f", file)).isEqualTo(new Console.Result(0, UP_PLAN + "up: home/net\n", ""));
    }

    @Test
    void whatIsUpNeedsNothing() {
        up();
        String before = console.tables();

        assertThat(console.run("plan", "-f", file)).isEqualTo(new Console.Result(0, "nothing to do\n", ""));
        assertThat(console.run("up", "-f", file)).isEqualTo(new Console.Result(0, "up: home/net\n", ""));
        assertThat(console.tables()).isEqualTo(before);
    }

    @Test
    void statusBeforeUp() {
        assertThat(console.run("status", "-f", file).out()).isEqualTo("""
                home/net: DOWN, reqid 1485885271, tunnel, comp+esp
                  192.168.0.100 - 192.168.0.1
                  192.168.0.100/32 === 10.1.0.0/16
                  ! none of its states and policies is in the kernel; its traffic is not protected
                """);
    }

    @Test
    void statusOfWhatIsUp() {
        up();

        assertThat(console.run("status", "-f", file)).isEqualTo(new Console.Result(0, """
                home/net: UP, reqid 1485885271, tunnel, comp+esp
                  192.168.0.100 - 192.168.0.1
                  192.168.0.100/32 === 10.1.0.0/16
                  in  comp 0x00001002, 0 bytes, 0 packets
                  in  esp 0xc1000002, 0 bytes, 0 packets
                  out comp 0x00001001, 0 bytes, 0 packets
                  out esp 0xc1000001, 0 bytes, 0 packets
                  out 4 0xc0a80064, 0 bytes, 0 packets (made by the kernel)
                  in  4 0xc0a80001, 0 bytes, 0 packets (made by the kernel)
                """, ""));
    }

    @Test
    void countersHaveARowForEachOfTheSixStates() {
        up();

        assertThat(console.run("counters", "-f", file).out())
                .startsWith("""
                home/net
                state       spi         bytes  packets  what it means
                IPComp out  0x00001001      0        0  Every packet before compression, whether
                                                        it was then compressed or not; compare
                                                        with ESP out for the gain.
                IPIP out    0xc0a80064      0        0  Always 0: the kernel never sends by this
                """)
                .contains("\nESP out     0xc1000001 ", "\nESP in ", "\nIPComp in ", "\nIPIP in     0xc0a80001 ");
    }

    @Test
    void stateIsWhatIpPrintsWithoutKeys() {
        up();

        assertThat(console.run("state", "-s").outWithoutDates()).startsWith("""
                src 192.168.0.100 dst 192.168.0.1
                	proto esp spi 0xc1000001(3238002689) reqid 1485885271(0x5890cf57) mode transport
                	replay-window 0 seq 0x00000000 flag  (0x00000000)
                	aead rfc4106(gcm(aes)) <<Keys hidden>> 128
                	anti-replay context: seq 0x0, oseq 0x0, bitmap 0x00000000
                	sel src 0.0.0.0/0 dst 0.0.0.0/0 uid 0
                	lifetime config:
                	  limit: soft (INF)(bytes), hard (INF)(bytes)
                	  limit: soft (INF)(packets), hard (INF)(packets)
                	  expire add: soft 0(sec), hard 0(sec)
                	  expire use: soft 0(sec), hard 0(sec)
                	lifetime current:
                	  0(bytes), 0(packets)
                	  add DATE use -
                	stats:
                	  replay-window 0 replay 0 failed 0
                src 192.168.0.100 dst 192.168.0.1
                	proto comp spi 0x00001001(4097) reqid 1485885271(0x5890cf57) mode tunnel
                """);
    }

    @Test
    void onelineHasALineForEachOfTheSixStates() {
        up();

        assertThat(console.run("state", "-o").out().lines()).hasSize(6).allMatch(line -> line.startsWith("src "));
    }

    @Test
    void policyIsWhatIpPrints() {
        up();

        assertThat(console.run("policy").out()).isEqualTo("""
                src 192.168.0.100/32 dst 10.1.0.0/16\s
                	dir out priority 375423 ptype main\s
                	tmpl src 192.168.0.100 dst 192.168.0.1
                		proto comp reqid 1485885271 mode tunnel
                	tmpl src 0.0.0.0 dst 0.0.0.0
                		proto esp reqid 1485885271 mode transport
                src 10.1.0.0/16 dst 192.168.0.100/32\s
                	dir fwd priority 375423 ptype main\s
                	tmpl src 192.168.0.1 dst 192.168.0.100
                		proto comp reqid 1485885271 mode tunnel
                		level use\s
                	tmpl src 0.0.0.0 dst 0.0.0.0
                		proto esp reqid 1485885271 mode transport
                src 10.1.0.0/16 dst 192.168.0.100/32\s
                	dir in priority 375423 ptype main\s
                	tmpl src 192.168.0.1 dst 192.168.0.100
                		proto comp reqid 1485885271 mode tunnel
                		level use\s
                	tmpl src 0.0.0.0 dst 0.0.0.0
                		proto esp reqid 1485885271 mode transport
                """);
    }

    @Test
    void downLeavesTheFlowBlocked() {
        up();
        Console.Result down = console.run("down", "-f", file);

        assertThat(down.status()).isZero();
        assertThat(down.out().lines())
                .endsWith("down: home/net, its traffic is blocked (on_down: block)")
                .filteredOn(line -> line.startsWith("~ policy"))
                .hasSize(3)
                .allMatch(line -> line.contains(" action block "));
        assertThat(console.run("status", "-f", file).out())
                .startsWith("home/net: BLOCKED,")
                .endsWith("! only its block policies are in the kernel; its traffic is stopped\n");
        assertThat(console.run("plan", "--for", "down", "-f", file))
                .isEqualTo(new Console.Result(0, "nothing to do\n", ""));
    }

    @Test
    void downWithPassLeavesNoPolicy(@TempDir Path directory) {
        String pass =
                Definitions.write(directory, "pass.yaml", Definitions.GOOD.replace("on_down: block", "on_down: pass"));
        console.run("up", "-f", pass);

        assertThat(console.run("plan", "--for", "down", "-f", pass).status()).isEqualTo(ExitCode.CHANGES);
        assertThat(console.run("down", "-f", pass).out())
                .endsWith("down: home/net, its traffic passes in clear (on_down: pass)\n");
        assertThat(console.run("policy").out()).isEmpty();
        assertThat(console.run("status", "-f", pass).out()).startsWith("home/net: DOWN,");
    }

    @Test
    void mirrorTwiceIsTheSameText(@TempDir Path directory) {
        String other = console.run("mirror", "-f", file).out();
        String otherFile = Definitions.write(directory, "moon.yaml", other);
        String back = Definitions.write(
                directory, "back.yaml", console.run("mirror", "-f", otherFile).out());

        assertThat(other).contains("local_addrs: 192.168.0.1\n", "file: \"carol-moon.key\"");
        assertThat(console.run("mirror", "-f", back).out()).isEqualTo(other);
    }
}
