package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.definition.ConfigException;

/** Files of commands as {@code ip -batch} takes them. */
class BatchFileTest {
    private static List<BatchFile.Line> read(String text) {
        return BatchFile.read("f", text, TestHost.parser());
    }

    @Test
    void linesCommentsBlankLinesQuotesAndContinuations() {
        List<BatchFile.Line> lines = read("""
                # policies
                xfrm policy flush

                  ip xfrm policy add dir in   # everything
                policy add dir 'out' action "block"
                xfrm policy add \\
                  src 10.1/16 dst 10.2/16 \\
                  dir fwd
                \tpolicy setdefault in blo\\
                ck
                policy add dir in ctx "a # b"
                """.replace(" # b", ""));

        assertThat(lines.stream().map(line -> line.number() + " " + line.request()))
                .containsExactly(
                        "2 flush policies type main",
                        "4 add policy src 0.0.0.0/0 dst 0.0.0.0/0 dir in action allow priority 0",
                        "5 add policy src 0.0.0.0/0 dst 0.0.0.0/0 dir out action block priority 0",
                        "6 add policy src 10.1.0.0/16 dst 10.2.0.0/16 dir fwd action allow priority 0",
                        "9 set default policies in block fwd unspec out unspec",
                        "11 add policy src 0.0.0.0/0 dst 0.0.0.0/0 dir in action allow priority 0");
    }

    static Stream<Arguments> lines() {
        return Stream.of(
                arguments("a b  c", List.of("a", "b", "c")),
                arguments("  a\tb\r", List.of("a", "b")),
                arguments("'a b' \"c d\"", List.of("a b", "c d")),
                arguments("'a'b", List.of("a", "b")),
                arguments("a'b c'd", List.of("a'b", "c'd")),
                arguments("'' x \"\"", List.of("", "x", "")),
                arguments("\"it's\"", List.of("it's")),
                arguments("a\\ b", List.of("a\\", "b")),
                arguments(" ", List.of()));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void wordsAreThoseOfMakeargs(String line, List<String> words) {
        assertThat(TestHost.words(line)).isEqualTo(words);
    }

    /** A # ends the line even in quotes, and takes the backslash behind it along; so it is with ip. */
    @Test
    void aCommentBeginsAnywhere() {
        assertThat(read("policy flush # more \\\npolicy flush#x\n")).hasSize(2);
        assertThatThrownBy(() -> read("policy add dir in ctx \"a#b\""))
                .hasMessageContaining("f:1:23: a quote \" begins");
    }

    @Test
    void theLastLineNeedsNoEnd() {
        assertThat(read("policy flush")).hasSize(1);
        assertThat(read("")).isEmpty();
        assertThat(read("\n\n")).isEmpty();
    }

    @Test
    void aMissingContinuationIsAProblem() {
        assertThatThrownBy(() -> read("policy flush\npolicy \\\n flush \\\n"))
                .hasMessage("f:3:8: the file ends where a backslash continues this line; add the rest");
        assertThatThrownBy(() -> read("policy flush \\")).hasMessageContaining("f:1:14: found \"\\\"");
    }

    @Test
    void everyProblemIsToldWithItsPlace() {
        assertThatThrownBy(() -> read("""
                        policy add dir up
                        policy flush
                        policy \\
                           ad dir in \\
                        priority x
                        policy add
                        state list
                        policy deleteall
                        "policy flush
                        """)).isInstanceOf(ConfigException.class).hasMessage("""
                        f:1:16: found "up"; dir is one of in, out, fwd
                        f:5:10: found "x"; priority is a number of 0 to 4294967295, decimal, hex with 0x, or octal with \
                        a leading 0
                        f:6:11: the command ends after "add"; dir in, dir out or dir fwd is needed
                        f:7:1: this changes nothing, and a batch only sends changes; ask with "xfrmctl state" or \
                        "xfrmctl policy"
                        f:8:1: deleteall asks the kernel what there is, and a batch only sends; allowed are flush and \
                        delete
                        f:9:1: a quote " begins here and does not end in this line""");
    }

    @Test
    void notMoreProblemsAreToldThanAPersonReads() {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, 120).forEach(i -> text.append("policy add dir up\n"));

        assertThatThrownBy(() -> read(text.toString())).isInstanceOfSatisfying(ConfigException.class, e -> {
            assertThat(e.problems()).hasSize(51);
            assertThat(e.problems().get(50)).hasToString("f:50:16: and 70 more after this one");
        });
    }
}
