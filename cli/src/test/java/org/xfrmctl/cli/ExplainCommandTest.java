package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code xfrmctl explain} of what a definition makes; the walk itself is held against kernels in it-tests. */
class ExplainCommandTest {
    private final Console console = new Console();

    @TempDir
    private Path directory;

    private void up(String definition) {
        String file = Definitions.write(directory, "carol.yaml", definition);
        assertThat(console.run("up", "-f", file).status()).isZero();
    }

    private void upWithLevel(String level) {
        up(Definitions.GOOD.replace("level: auto", "level: " + level));
    }

    private Console.Result explain(String line) {
        return console.run(("explain " + line).split(" "));
    }

    /** examples/compress, from carol. */
    @Test
    void aSmallPacketLeavesUncompressed() {
        up(Definitions.GOOD);

        assertThat(explain("192.168.0.100 10.1.0.10")).isEqualTo(new Console.Result(0, """
                packet    192.168.0.100 > 10.1.0.10, icmp type 8 code 0, 84 bytes
                verdict   passes, protected, 140 bytes on the wire
                policy    src 192.168.0.100/32 dst 10.1.0.0/16 dir out priority 375423 index 17,
                          allow
                template  comp tunnel 192.168.0.100 > 192.168.0.1 reqid 1485885271 level
                          required
                            takes comp 0x1001 tunnel 192.168.0.100 > 192.168.0.1 reqid
                            1485885271
                template  esp transport reqid 1485885271 level required
                            takes esp 0xc1000001 transport 192.168.0.100 > 192.168.0.1 reqid
                            1485885271
                size      84 bytes
                          104 bytes behind IPComp (comp 0x1001): 192.168.0.100 > 192.168.0.1, IP
                          in IP (4); not compressed, for less than 90 bytes never are
                          140 bytes behind ESP (esp 0xc1000001): 192.168.0.100 > 192.168.0.1,
                          ESP, padded to 4 bytes
                mtu       1446 bytes in one piece; the way takes 1500 (taken for granted: this
                          kernel has no routes)
                            longer ones: with DF "Message too long", else fragments behind the
                            states
                counts    comp 0x1001: 1 packet, 84 bytes
                          esp 0xc1000001: 1 packet, 84 bytes
                """, ""));
    }

    /** What sends people to level use. */
    @Test
    void aSmallPacketIsDroppedWhereCompressionIsRequired() {
        upWithLevel("required");

        assertThat(explain("--in 10.1.0.10 192.168.0.100")).isEqualTo(new Console.Result(1, """
                packet    10.1.0.10 > 192.168.0.100, icmp type 8 code 0, 84 bytes
                verdict   dropped, however it comes
                policy    src 10.1.0.0/16 dst 192.168.0.100/32 dir in priority 375423 index 8,
                          allow
                template  comp tunnel 192.168.0.1 > 192.168.0.100 reqid 1485885271 level
                          required
                template  esp transport reqid 1485885271 level required
                way       in clear: dropped, XfrmInTmplMismatch
                            nothing meets esp transport reqid 1485885271 level required: it came
                            through no state
                way       esp 0xc1000002, in it comp 0x1002, uncompressed (140 bytes): dropped,
                          XfrmInTmplMismatch
                            nothing meets comp tunnel 192.168.0.1 > 192.168.0.100 reqid
                            1485885271 level required: esp 0xc1000002 does not: it has another
                            protocol; the kernel's own IPIP state does not: only templates of
                            level use are met by it, and by its source alone
                            counts esp 0xc1000002: 1 packet, 84 bytes
                            counts the kernel's own IPIP state: 1 packet, 84 bytes
                way       comp 0x1002, uncompressed (104 bytes): dropped, XfrmInTmplMismatch
                            nothing meets esp transport reqid 1485885271 level required: the
                            kernel's own IPIP state does not: only templates of level use are
                            met by it, and by its source alone
                            counts the kernel's own IPIP state: 1 packet, 84 bytes
                """, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            auto     | --in 10.1.0.10 192.168.0.100             | 0 | passes if it comes through esp 0xc1000002, in it comp 0x1002, uncompressed
            auto     | --in --size 1400 10.1.0.10 192.168.0.100 | 0 | passes if it comes through esp 0xc1000002, in it comp 0x1002, compressed
            required | --in --size 1400 10.1.0.10 192.168.0.100 | 0 | passes if it comes through esp 0xc1000002, in it comp 0x1002, compressed; dropped, XfrmInTmplMismatch, if its data does not get smaller
            use      | --in 10.1.0.10 192.168.0.100             | 0 | passes if it comes through esp 0xc1000002, in it comp 0x1002, uncompressed, and in clear
            auto     | 192.168.0.100 10.2.0.10 tcp 443          | 0 | passes, in clear, 84 bytes on the wire
            auto     | --df --size 1447 192.168.0.100 10.1.0.10 | 1 | too long: its socket is told "Message too long" (EMSGSIZE), the MTU is 1446
            auto     | --df --size 1446 192.168.0.100 10.1.0.10 | 0 | passes, protected, 1500 bytes on the wire
            auto     | --link-mtu 1400 --size 1400 192.168.0.100 10.1.0.10 | 0 | passes, protected, 1456 bytes on the wire, then cut into fragments that fit the way
            auto     | --fwd 10.1.0.10 192.168.0.100            | 0 | as it comes in: passes if it comes through esp 0xc1000002, in it comp 0x1002, uncompressed; as it goes on: passes, in clear, 84 bytes on the wire
            """)
    void theVerdictComesFirst(String level, String line, int status, String verdict) {
        upWithLevel(level);

        Console.Result result = explain(line);

        String lines = result.out().replaceAll("\n {10}", " ");
        assertThat(lines.lines().skip(1).findFirst()).contains("verdict   " + verdict);
        assertThat(result.status()).isEqualTo(status);
    }

    @Test
    void aMissingStateIsTold() {
        up(Definitions.GOOD);
        console.run(
                "state", "delete", "src", "192.168.0.100", "dst", "192.168.0.1", "proto", "esp", "spi", "0xc1000001");

        Console.Result result = explain("192.168.0.100 10.1.0.10");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out())
                .contains("verdict   dropped, XfrmOutNoStates: a template has no state\n")
                .contains("no state from 192.168.0.100 to 192.168.0.1: a keying daemon")
                .contains("counts    xfrm_stat: XfrmOutNoStates 1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--in ", "--fwd "})
    void nothingChangesAndNoLineIsTooLong(String way) {
        up(Definitions.GOOD);
        String before = console.tables();

        Console.Result result = explain(way + "10.1.0.10 192.168.0.100");

        assertThat(result.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(console.tables()).isEqualTo(before);
    }
}
