package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.kernel.Crafted.DELPOLICY;
import static org.xfrmctl.datapath.kernel.Crafted.FLUSHPOLICY;
import static org.xfrmctl.datapath.kernel.Crafted.GETPOLICY;
import static org.xfrmctl.datapath.kernel.Crafted.NEWPOLICY;
import static org.xfrmctl.datapath.kernel.Crafted.UPDPOLICY;
import static org.xfrmctl.datapath.kernel.Crafted.policy;
import static org.xfrmctl.datapath.kernel.Crafted.policyId;
import static org.xfrmctl.datapath.kernel.Crafted.template;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The errno matrix that was measured on Linux 6.1 (fixture result-netlink-errno-policy.txt), row by row. */
class PolicyRefusalsTest {
    private static final byte[] ESP_TUNNEL = template(50, 1, 2, 0);
    private static final byte[] SUB = {1, 0, 0, 0, 0, 0};

    private final KernelUnderTest kernel = new KernelUnderTest();

    static Stream<Arguments> single() {
        return Stream.of(
                row("allow without templates", policy(NEWPOLICY), "OK"),
                row("share 9", policy(NEWPOLICY).u8(163, 9), "EINVAL", "Invalid policy share"),
                row("action 2", policy(NEWPOLICY).u8(161, 2), "EINVAL", "Invalid policy action"),
                row("selector family 0", policy(NEWPOLICY).u16(40, 0), "EINVAL", "Invalid selector family"),
                row(
                        "prefix 33",
                        policy(NEWPOLICY).u8(42, 33),
                        "EINVAL",
                        "Invalid prefix length in selector (must be <= 32 for IPv4)"),
                row("dir 3", policy(NEWPOLICY).u8(160, 3), "EINVAL", "Invalid policy direction"),
                row(
                        "index of another direction",
                        policy(NEWPOLICY).u32(156, 1002),
                        "EINVAL",
                        "Policy index doesn't match direction"),
                row(
                        "type 7",
                        policy(NEWPOLICY).attribute(16, new byte[] {7, 0, 0, 0, 0, 0}),
                        "EINVAL",
                        "Invalid policy type"),
                row("flags 0xff", policy(NEWPOLICY).u8(162, 0xff), "OK"),
                row(
                        "template proto 4",
                        policy(NEWPOLICY).templates(template(4, 1, 2, 0)),
                        "EINVAL",
                        "Invalid XFRM protocol in template"),
                row(
                        "template proto 0",
                        policy(NEWPOLICY).templates(template(0, 1, 2, 0)),
                        "EINVAL",
                        "Invalid XFRM protocol in template"),
                row(
                        "template proto 255",
                        policy(NEWPOLICY).templates(template(255, 1, 2, 0)),
                        "EINVAL",
                        "Invalid XFRM protocol in template"),
                row(
                        "template mode 5",
                        policy(NEWPOLICY).templates(template(50, 5, 2, 0)),
                        "EINVAL",
                        "Mode in template must be < XFRM_MODE_MAX (5)"),
                row("template mode 3", policy(NEWPOLICY).templates(template(50, 3, 2, 0)), "OK"),
                row(
                        "template family 99",
                        policy(NEWPOLICY).templates(template(50, 1, 99, 0)),
                        "EINVAL",
                        "Invalid family in template"),
                row("template family 0", policy(NEWPOLICY).templates(template(50, 0, 0, 0)), "OK"),
                row(
                        "transport template of another family",
                        policy(NEWPOLICY).templates(template(50, 0, 10, 0)),
                        "EINVAL",
                        "Mode in template doesn't support a family change"),
                row(
                        "optional tunnel outbound",
                        policy(NEWPOLICY).templates(template(50, 1, 2, 1)),
                        "EINVAL",
                        "Mode in optional template not allowed in outbound policy"),
                row("optional tunnel inbound", policy(NEWPOLICY).u8(160, 0).templates(template(50, 1, 2, 1)), "OK"),
                row("optional transport outbound", policy(NEWPOLICY).templates(template(50, 0, 2, 1)), "OK"),
                row("6 templates", policy(NEWPOLICY).templates(times(6)), "OK"),
                row(
                        "7 templates",
                        policy(NEWPOLICY).templates(times(7)),
                        "EINVAL",
                        "Template count must be <= XFRM_MAX_DEPTH (6)"),
                row(
                        "template of 63 bytes",
                        policy(NEWPOLICY).attribute(5, new byte[63]),
                        "ERANGE",
                        "Attribute failed policy validation"),
                row("template and a bit", policy(NEWPOLICY).templates(ESP_TUNNEL, new byte[10]), "OK"),
                row("block with templates", policy(NEWPOLICY).u8(161, 1).templates(ESP_TUNNEL), "OK"),
                row("UPDPOLICY of nothing", policy(UPDPOLICY), "OK"),
                row("GETPOLICY of nothing", policyId(GETPOLICY), "ENOENT"),
                row("GETPOLICY dir 9", policyId(GETPOLICY).u8(60, 9), "EINVAL", "Invalid policy direction"),
                row("GETPOLICY of family 99", policyId(GETPOLICY).u16(40, 99), "ENOENT"),
                row("DELPOLICY of nothing", policyId(DELPOLICY), "ENOENT"),
                row("FLUSHPOLICY of an empty table", new Crafted(FLUSHPOLICY, 0), "OK"));
    }

    @ParameterizedTest(name = "{0}: {2} {3}")
    @MethodSource("single")
    void answersAsTheKernel(String what, Crafted request, String errno, String text) {
        assertThat(answer(request)).isEqualTo(new Answer(errno, text));
    }

    @Test
    void aKeyIsDirectionTypeSelectorMarkAndIfId() {
        assertThat(errno(policy(NEWPOLICY))).isEqualTo("OK");
        assertThat(errno(policy(NEWPOLICY))).isEqualTo("EEXIST");
        assertThat(errno(policy(NEWPOLICY).u32(152, 7))).isEqualTo("EEXIST");
        assertThat(errno(policy(NEWPOLICY).u8(160, 0))).isEqualTo("OK");
        assertThat(errno(policy(NEWPOLICY).mark(1, 0xff))).isEqualTo("OK");
        assertThat(errno(policy(NEWPOLICY).mark(0x101, 0xff))).isEqualTo("EEXIST");
        assertThat(errno(policy(NEWPOLICY).words(31, 9))).isEqualTo("OK");
        assertThat(errno(policy(NEWPOLICY).attribute(16, SUB))).isEqualTo("OK");
        assertThat(errno(policy(NEWPOLICY).address(16, "0a000001"))).isEqualTo("OK");
        assertThat(indexes()).containsExactly(41, 33, 25, 17, 8, 1);
        assertThat(errno(policyId(GETPOLICY).mark(1, 0xff))).isEqualTo("OK");
        assertThat(errno(policyId(GETPOLICY).mark(1, 0xf))).isEqualTo("ENOENT");
        assertThat(errno(policyId(GETPOLICY).words(31, 9))).isEqualTo("OK");
    }

    @Test
    void anIndexIsKeptOrGivenAndAnUpdateCountsAsNewInADump() {
        assertThat(errno(policy(NEWPOLICY))).isEqualTo("OK");
        assertThat(errno(policy(NEWPOLICY).address(0, "0a020000"))).isEqualTo("OK");
        assertThat(errno(policy(UPDPOLICY).u32(152, 77).u8(161, 1))).isEqualTo("OK");
        assertThat(errno(policy(NEWPOLICY).address(0, "0a030000").u32(156, 1001)))
                .isEqualTo("OK");
        assertThat(errno(policy(NEWPOLICY).address(0, "0a040000").u32(156, 1001)))
                .isEqualTo("OK");
        assertThat(indexes()).containsExactly(17, 1001, 1, 9);
        assertThat(errno(policyId(GETPOLICY).u32(56, 1001))).isEqualTo("OK");
        assertThat(errno(policyId(GETPOLICY).u32(56, 1001).u8(60, 0))).isEqualTo("ENOENT");
        assertThat(errno(policyId(DELPOLICY).u32(56, 1001))).isEqualTo("OK");
        assertThat(errno(policyId(DELPOLICY))).isEqualTo("OK");
        assertThat(errno(policyId(DELPOLICY))).isEqualTo("ENOENT");
    }

    @Test
    void aFlushTakesOneTypeOnly() {
        assertThat(errno(policy(NEWPOLICY))).isEqualTo("OK");
        assertThat(errno(policy(NEWPOLICY).attribute(16, SUB))).isEqualTo("OK");
        assertThat(errno(new Crafted(FLUSHPOLICY, 0))).isEqualTo("OK");
        assertThat(indexes()).containsExactly(9);
        assertThat(errno(new Crafted(FLUSHPOLICY, 0).attribute(16, SUB))).isEqualTo("OK");
        assertThat(indexes()).isEmpty();
    }

    private List<Integer> indexes() {
        return kernel.dump(GETPOLICY).stream()
                .map(message -> KernelFixtures.buffer(message).getInt(16 + 156))
                .toList();
    }

    private String errno(Crafted request) {
        return answer(request).errno();
    }

    private Answer answer(Crafted request) {
        List<byte[]> answers = kernel.ask(request.bytes());
        return Answer.of(answers.get(answers.size() - 1));
    }

    private static byte[][] times(int count) {
        byte[][] templates = new byte[count][];
        Arrays.fill(templates, ESP_TUNNEL);
        return templates;
    }

    private static Arguments row(String what, Crafted request, String errno) {
        return row(what, request, errno, "");
    }

    private static Arguments row(String what, Crafted request, String errno, String text) {
        return Arguments.of(what, request, errno, text);
    }
}
