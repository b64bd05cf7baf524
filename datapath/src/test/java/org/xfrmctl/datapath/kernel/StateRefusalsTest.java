package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.kernel.Crafted.NEWSA;
import static org.xfrmctl.datapath.kernel.Crafted.UPDSA;
import static org.xfrmctl.datapath.kernel.Crafted.ah;
import static org.xfrmctl.datapath.kernel.Crafted.bare;
import static org.xfrmctl.datapath.kernel.Crafted.comp;
import static org.xfrmctl.datapath.kernel.Crafted.id;
import static org.xfrmctl.datapath.kernel.Crafted.state;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The errno matrix that was measured on Linux 6.1 (fixture result-netlink-errno-sa.txt), row by row. */
class StateRefusalsTest {
    private final KernelUnderTest kernel = new KernelUnderTest();

    static Stream<Arguments> single() {
        return Stream.of(
                row("SPI 0", state(NEWSA, 0), "OK"),
                row("reserved SPI 5", state(NEWSA, 5), "OK"),
                row("UPDSA of nothing", state(UPDSA, 0x999), "ESRCH"),
                row(
                        "ESP without algorithm",
                        bare(0x200),
                        "EINVAL",
                        "Missing required attribute for ESP: at least one of AUTH, AUTH_TRUNC, CRYPT, AEAD"),
                row(
                        "ESP with AUTH only",
                        bare(0x200).auth("hmac(sha256)", 32),
                        "EINVAL",
                        "ESP: AEAD or CRYPT must be provided"),
                row("ESP with CRYPT only", bare(0x200).crypt("cbc(aes)", 16), "OK"),
                row(
                        "ESP with AEAD and AUTH",
                        state(NEWSA, 0x200).auth("hmac(sha256)", 32),
                        "EINVAL",
                        "Invalid attribute combination for ESP: AEAD can't be used with AUTH, AUTH_TRUNC, CRYPT"),
                row(
                        "unknown AEAD",
                        state(NEWSA, 0x200).aead("foo", 20, 128),
                        "ENOSYS",
                        "Requested AEAD algorithm not found"),
                row(
                        "GCM with an ICV of 120 bits",
                        state(NEWSA, 0x200).aead("rfc4106(gcm(aes))", 20, 120),
                        "ENOSYS",
                        "Requested AEAD algorithm not found"),
                row(
                        "GCM with a key of 19 bytes",
                        state(NEWSA, 0x200).aead("rfc4106(gcm(aes))", 19, 128),
                        "EINVAL",
                        "Kernel was unable to initialize cryptographic operations"),
                row("CBC with a key of 15 bytes", bare(0x200).crypt("cbc(aes)", 15), "EINVAL"),
                row("unknown CRYPT", bare(0x200).crypt("foo", 16), "ENOSYS", "Requested CRYPT algorithm not found"),
                row(
                        "unknown AUTH",
                        bare(0x200).crypt("cbc(aes)", 16).auth("foo", 16),
                        "ENOSYS",
                        "Requested AUTH algorithm not found"),
                row(
                        "unknown AUTH_TRUNC",
                        bare(0x200).crypt("cbc(aes)", 16).authTrunc("foo", 16, 96),
                        "ENOSYS",
                        "Requested AUTH_TRUNC algorithm not found"),
                row(
                        "ICV longer than the hash",
                        bare(0x200).crypt("cbc(aes)", 16).authTrunc("hmac(sha256)", 32, 264),
                        "EINVAL",
                        "Invalid length requested for truncated ICV"),
                row("alias names", bare(0x200).crypt("aes", 16).auth("sha256", 32), "OK"),
                row(
                        "key cut off",
                        state(NEWSA, 0x200).attribute(18, cut(Crafted.algorithm("rfc4106(gcm(aes))", 20, 128), 80)),
                        "EINVAL",
                        "Invalid AEAD attribute length"),
                row(
                        "AEAD shorter than its head",
                        state(NEWSA, 0x200).attribute(18, new byte[71]),
                        "ERANGE",
                        "Attribute failed policy validation"),
                row("mode 9", state(NEWSA, 0x200).u8(214, 9), "EINVAL", "Unsupported mode"),
                row("mode in_trigger", state(NEWSA, 0x200).u8(214, 3), "EINVAL", "Unsupported mode"),
                row("mode ro", state(NEWSA, 0x200).u8(214, 2), "EPROTONOSUPPORT", "Requested mode not found"),
                row("family 0", state(NEWSA, 0x200).u16(212, 0), "EINVAL", "Invalid address family"),
                row("family 99", state(NEWSA, 0x200).u16(212, 99), "EINVAL", "Invalid address family"),
                row(
                        "selector family 99",
                        state(NEWSA, 0x200).u16(40, 99),
                        "EINVAL",
                        "Invalid address family in selector"),
                row(
                        "selector prefix 33",
                        state(NEWSA, 0x200).u8(42, 33),
                        "EINVAL",
                        "Invalid prefix length in selector (must be <= 32 for IPv4)"),
                row(
                        "selector prefix 129",
                        state(NEWSA, 0x200).u16(40, 10).u8(43, 129),
                        "EINVAL",
                        "Invalid prefix length in selector (must be <= 128 for IPv6)"),
                row(
                        "transport with the other family's selector",
                        state(NEWSA, 0x200).u8(214, 0).u16(40, 10),
                        "EPROTONOSUPPORT",
                        "Only tunnel modes can accommodate a change of family"),
                row(
                        "tunnel with the other family's selector",
                        state(NEWSA, 0x200).u16(40, 10),
                        "OK"),
                row("proto 4", state(NEWSA, 0x200).u8(76, 4), "EINVAL", "Unsupported protocol"),
                row("proto 255", state(NEWSA, 0x200).u8(76, 255), "EINVAL", "Unsupported protocol"),
                row(
                        "TFC padding in transport mode",
                        state(NEWSA, 0x200).u8(214, 0).words(22, 100),
                        "EINVAL",
                        "TFC padding can only be used in tunnel mode"),
                row(
                        "ESP with COMP",
                        state(NEWSA, 0x200).compress("deflate"),
                        "EINVAL",
                        "Invalid attribute for ESP: COMP"),
                row(
                        "esn without its attribute",
                        state(NEWSA, 0x200).u8(216, 128),
                        "EINVAL",
                        "Missing required attribute for ESN"),
                row("esn window 0", state(NEWSA, 0x200).esn(4, 0), "EINVAL", "ESN replay window must be > 0"),
                row(
                        "esn window above its bitmap",
                        state(NEWSA, 0x200).esn(4, 256),
                        "EINVAL",
                        "ESN replay window is too large for the chosen bitmap size"),
                row(
                        "esn with 129 words",
                        state(NEWSA, 0x200).esn(129, 128),
                        "EINVAL",
                        "ESN bitmap length must be <= 128"),
                row(
                        "esn with a legacy window",
                        state(NEWSA, 0x200).esn(4, 128).u8(215, 32),
                        "EINVAL",
                        "ESN not compatible with legacy replay_window"),
                row("esn without its bitmap", state(NEWSA, 0x200).u8(216, 128).words(23, 4, 0, 0, 0, 0, 128), "OK"),
                row(
                        "esn with half its bitmap",
                        state(NEWSA, 0x200).u8(216, 128).words(23, 4, 0, 0, 0, 0, 128, 0, 0),
                        "EINVAL",
                        "ESN attribute is too short to fit the full bitmap length"),
                row(
                        "esn on COMP",
                        comp(0x200).compress("deflate").words(23, 1, 0, 0, 0, 0, 32, 0),
                        "EINVAL",
                        "ESN only supported for ESP and AH"),
                row(
                        "AH without algorithm",
                        ah(0x200),
                        "EINVAL",
                        "Missing required attribute for AH: AUTH_TRUNC or AUTH"),
                row(
                        "AH with CRYPT",
                        ah(0x200).auth("hmac(sha1)", 20).crypt("cbc(aes)", 16),
                        "EINVAL",
                        "Invalid attributes for AH: AEAD, CRYPT, COMP, TFCPAD"),
                row(
                        "AH in UDP",
                        ah(0x200).auth("hmac(sha1)", 20).encap(2),
                        "EINVAL",
                        "AH is not compatible with encapsulation"),
                row("AH in BEET mode", ah(0x200).auth("hmac(sha1)", 20).u8(214, 4), "OK"),
                row("COMP without algorithm", comp(0x200), "EINVAL", "Missing required attribute for COMP: COMP"),
                row("COMP lzs", comp(0x200).compress("lzs"), "ENOSYS", "Requested COMP algorithm not found"),
                row(
                        "COMP with AUTH",
                        comp(0x200).compress("deflate").auth("hmac(sha1)", 20),
                        "EINVAL",
                        "Invalid attributes for COMP: AEAD, AUTH, AUTH_TRUNC, CRYPT, TFCPAD"),
                row(
                        "CPI 0x10000",
                        comp(0x10000).compress("deflate"),
                        "EINVAL",
                        "SPI is too large for COMP (must be < 0x10000)"),
                row("well-known CPI 2", comp(2).compress("deflate"), "OK"),
                row(
                        "COMP in BEET mode",
                        comp(0x1234).compress("deflate").u8(214, 4),
                        "EINVAL",
                        "Unsupported XFRM mode for IPcomp"),
                row(
                        "COMP in UDP",
                        comp(0x1234).compress("deflate").encap(2),
                        "EINVAL",
                        "IPComp is not compatible with encapsulation"),
                row("ESP in TCP", state(NEWSA, 0x200).encap(7), "EINVAL", "Unsupported encapsulation type for ESP"),
                row(
                        "encapsulation type 3",
                        state(NEWSA, 0x200).encap(3),
                        "EINVAL",
                        "Unsupported encapsulation type for ESP"),
                row(
                        "MTIMER_THRESH without ENCAP",
                        state(NEWSA, 0x200).words(32, 5),
                        "EINVAL",
                        "MTIMER_THRESH attribute can only be set on ENCAP states"),
                row(
                        "DSTOPTS without COADDR",
                        bare(0x200).u8(76, 60).u8(214, 2),
                        "EINVAL",
                        "Missing required COADDR attribute for DSTOPTS/ROUTING"),
                row(
                        "DSTOPTS in IPv4",
                        bare(0x200).u8(76, 60).attribute(14, new byte[16]),
                        "EPROTONOSUPPORT",
                        "Requested type not found"),
                row("ROUTING with SPI", mobile(0x200, 2), "EINVAL", "SPI must be 0"),
                row(
                        "ROUTING in transport mode",
                        mobile(0, 0),
                        "EINVAL",
                        "XFRM mode must be XFRM_MODE_ROUTEOPTIMIZATION"),
                row("ROUTING in mode ro", mobile(0, 2), "OK"),
                row("body of 100 bytes", bare(0x200).cut(100), "EINVAL", "Invalid header length"),
                row("attribute 35 of later kernels", state(NEWSA, 0x200).words(35, 1), "OK"),
                row(
                        "attribute 34 of later kernels, too short for them",
                        state(NEWSA, 0x200).attribute(34, new byte[1]),
                        "OK"),
                row("attribute 200 of no kernel", state(NEWSA, 0x200).words(200, 1), "OK"),
                row("3 bytes too many", state(NEWSA, 0x200).tail(3), "OK", "bytes leftover after parsing attributes"),
                row("IF_ID of 8 bytes", state(NEWSA, 0x200).words(31, 1, 2), "OK"),
                row(
                        "IF_ID of 2 bytes",
                        state(NEWSA, 0x200).attribute(31, new byte[2]),
                        "ERANGE",
                        "Attribute failed policy validation"),
                row("GETSA of nothing", id(18, 0x100), "ESRCH"),
                row("DELSA of nothing", id(17, 0x100), "ESRCH"),
                row("GETSA of proto 4 without SRCADDR", id(18, 1).u8(22, 4), "EINVAL"),
                row("GETSA of family 0", id(18, 1).u16(20, 0), "ESRCH"),
                row("GETSADINFO too short", new Crafted(35, 3), "EINVAL", "Invalid header length"),
                row("FLUSHSA of an empty table", new Crafted(28, 1), "OK"),
                row("FLUSHSA without body", new Crafted(28, 0), "EINVAL", "Invalid header length"),
                row("type 0x29", new Crafted(0x29, 0), "EINVAL"),
                row("type 0x40", new Crafted(0x40, 0), "EINVAL"),
                row(
                        "type 0x26, which only the kernel sends",
                        new Crafted(0x26, 64),
                        "EINVAL",
                        "bytes leftover after parsing attributes"),
                row("type 0x26 without a body", new Crafted(0x26, 0), "EINVAL"),
                row("type 0x20, which has a body", new Crafted(0x20, 59), "EINVAL", "Invalid header length"),
                row("type 0x0f, which is netlink's own", new Crafted(0x0f, 0), "OK"),
                row(
                        "a label longer than its attribute",
                        state(NEWSA, 0x200).attribute(8, new byte[] {12, 0, 8, 0, 1, 1, 4, 0}),
                        "EINVAL",
                        "Invalid security context length"),
                row("a label", state(NEWSA, 0x200).attribute(8, new byte[] {9, 0, 8, 0, 1, 1, 1, 0, 'x'}), "OK"));
    }

    @ParameterizedTest(name = "{0}: {2} {3}")
    @MethodSource("single")
    void answersAsTheKernel(String what, Crafted request, String errno, String text) {
        assertThat(answer(request)).isEqualTo(new Answer(errno, text));
    }

    @Test
    void aKeyIsDestinationSpiProtocolAndMark() {
        assertThat(answer(state(NEWSA, 0x100))).isEqualTo(ok());
        assertThat(answer(state(NEWSA, 0x100))).isEqualTo(refused("EEXIST"));
        assertThat(answer(state(NEWSA, 0x100).address(80, "0a000009").u32(208, 9)))
                .isEqualTo(refused("EEXIST"));
        assertThat(answer(state(NEWSA, 0x100).mark(5, 0xff))).isEqualTo(refused("EEXIST"));
        assertThat(answer(state(NEWSA, 0x100).words(31, 3))).isEqualTo(refused("EEXIST"));
        assertThat(answer(state(NEWSA, 0x101).mark(5, 0xff))).isEqualTo(ok());
        assertThat(answer(state(NEWSA, 0x101))).isEqualTo(ok());
        assertThat(answer(state(NEWSA, 0x101).mark(6, 0xff))).isEqualTo(refused("EEXIST"));
        assertThat(answer(state(NEWSA, 0))).isEqualTo(ok());
        assertThat(answer(state(NEWSA, 0))).isEqualTo(ok());
        assertThat(answer(state(UPDSA, 0x100))).isEqualTo(ok());
        assertThat(answer(state(UPDSA, 0x100).encap(2))).isEqualTo(refused("EINVAL"));
        assertThat(answer(id(18, 0x101).mark(5, -1))).isEqualTo(ok());
        assertThat(answer(id(18, 0x101))).isEqualTo(ok());
        assertThat(answer(id(17, 0x100))).isEqualTo(ok());
        assertThat(answer(id(17, 0x100))).isEqualTo(refused("ESRCH"));
    }

    @Test
    void anImpliedStateCanBeSeenButNotDeleted() {
        assertThat(answer(comp(0x300).compress("deflate"))).isEqualTo(ok());
        byte[] source = new byte[16];
        source[0] = 10;
        source[3] = 1;
        assertThat(answer(id(18, 0).u8(22, 4).attribute(13, source))).isEqualTo(ok());
        assertThat(answer(id(17, 0).u8(22, 4).attribute(13, source))).isEqualTo(refused("EPERM"));
        assertThat(answer(new Crafted(28, 1).u8(0, 4))).isEqualTo(ok());
        assertThat(kernel.dump(18)).hasSize(2);
        assertThat(answer(new Crafted(28, 1).u8(0, 108))).isEqualTo(ok());
        assertThat(kernel.dump(18)).isEmpty();
    }

    private Answer answer(Crafted request) {
        List<byte[]> answers = kernel.ask(request.bytes());
        return Answer.of(answers.get(answers.size() - 1));
    }

    private static Answer ok() {
        return new Answer("OK", "");
    }

    private static Answer refused(String errno) {
        return new Answer(errno, "");
    }

    private static byte[] cut(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length);
    }

    private static Arguments row(String what, Crafted request, String errno) {
        return row(what, request, errno, "");
    }

    private static Arguments row(String what, Crafted request, String errno, String text) {
        return Arguments.of(what, request, errno, text);
    }

    /** A routing header of mobile IPv6. */
    private static Crafted mobile(int spi, int mode) {
        return bare(spi).u8(76, 43).u16(212, 10).u8(214, mode).attribute(14, new byte[16]);
    }
}
