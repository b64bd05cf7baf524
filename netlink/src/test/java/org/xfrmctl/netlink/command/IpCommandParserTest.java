package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.netlink.message.Request;

/** Abbreviations of objects and commands: the first that begins so is meant. */
class IpCommandParserTest {
    @ParameterizedTest
    @CsvSource({
        "ip xfrm state, state list",
        "ip x s, state list",
        "xf sa, state list",
        "sa show, state list",
        "state l, state list",
        "state ls, state list",
        "state s, state list",
        "p, policy list",
        "policy s, policy list",
        "policy lst, policy list",
        "policy ge dir in index 8, policy get dir in index 8",
        "policy getd, policy getdefault",
        "policy c, policy count",
        "state c, state count",
        "state g proto esp spi 1, state get proto esp spi 1",
        "state deletea, state deleteall",
        "state delal, state deleteall",
        "policy deleteal, policy deleteall"
    })
    void questions(String abbreviated, String whole) {
        assertThat(TestHost.parse(abbreviated)).isEqualTo(TestHost.parse(whole));
    }

    @ParameterizedTest
    @CsvSource({
        "s a src ::1 dst ::2 proto comp spi 5 comp deflate, state add src ::1 dst ::2 proto comp spi 5 comp deflate",
        "s u src ::1 dst ::2 proto comp spi 5 comp deflate, state update src ::1 dst ::2 proto comp spi 5 comp deflate",
        "s al dst ::2 proto esp, state allocspi dst ::2 proto esp",
        "s d dst ::2 proto esp spi 1, state delete dst ::2 proto esp spi 1",
        "s del dst ::2 proto esp spi 1, state delete dst ::2 proto esp spi 1",
        "s f, state flush",
        "p a dir in, policy add dir in",
        "p u dir in, policy update dir in",
        "p d dir in index 8, policy delete dir in index 8",
        "p f, policy flush",
        "p se, policy set",
        "p setd in block, policy setdefault in block"
    })
    void changes(String abbreviated, String whole) {
        Request request = TestHost.request(abbreviated);

        assertThat(request.type()).isEqualTo(TestHost.request(whole).type());
        assertThat(request.subject()).isEqualTo(TestHost.request(whole).subject());
    }
}
