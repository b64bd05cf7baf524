package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private final Console console = new Console();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pln                    | there is no command "pln"; did you mean "plan"? | xfrmctl
            help pln               | there is no command "pln"; did you mean "plan"? | xfrmctl help
            nmes                   | there is no command "nmes" | xfrmctl
            lab rn                 | there is no command "rn"; did you mean "run"? | xfrmctl lab
            plan --for dwn         | --for "dwn" is none of up, down, apply, lockdown, trap, rekey-inbound, rekey-outbound, rekey-finish, rekey-undo; did you mean "down"? | xfrmctl plan
            lab run --backend kern x | --backend "kern" is none of userspace, kernel; did you mean "kernel"? | xfrmctl lab run
            rekey --phase x        | --phase "x" is none of inbound, outbound, finish, undo | xfrmctl rekey
            state --ip-version 6.12 | --ip-version "6.12" is none of 6.1, 6.2, 6.11, 6.19, extended; did you mean "6.1"? | xfrmctl state
            monitor stat           | OBJECT "stat" is none of all, acquire, expire, sa, state, policy, aevent, report, migrate, mapping; did you mean "state"? | xfrmctl monitor
            completion tcsh        | SHELL "tcsh" is none of bash, zsh, fish | xfrmctl completion
            mtu --link-mtu x       | --link-mtu x is no whole number, such as 10 | xfrmctl mtu
            counters --watch=x     | --watch x is no number, such as 1 or 0.5 | xfrmctl counters
            up --trace=foo         | --trace takes no value: leave out "=foo" | xfrmctl up
            --trace=foo up         | --trace takes no value: leave out "=foo" | xfrmctl
            plan --json=x          | --json takes no value: leave out "=x" | xfrmctl plan
            check --help=x         | --help takes no value: leave out "=x" | xfrmctl check
            plan --jsn             | there is no option --jsn; did you mean "--json"? | xfrmctl plan
            -s state               | -s stands behind the command, as in "xfrmctl state -s" | xfrmctl
            -4 policy              | -4 stands behind the command, as in "xfrmctl state -4" | xfrmctl
            xfrm state             | "ip xfrm" is left out: "xfrmctl state" is "ip xfrm state" | xfrmctl
            check extra            | unexpected argument "extra" | xfrmctl check
            explain 10.1.0.10 | Missing required parameter: 'DST' | xfrmctl explain
            explain alice 10.2.0.10 | SRC "alice" is no IP address; names are not looked up: give one such as 10.1.0.10 | xfrmctl explain
            explain fd01::1 10.2.0.10 | SRC fd01::1 and DST 10.2.0.10 are of two families: give both of one | xfrmctl explain
            explain 10.1.0.10 10.2.0.10 tpc | PROTO "tpc" is none of icmp, tcp, udp, gre, icmpv6, sctp, udplite, nor a number from 0 to 255 | xfrmctl explain
            explain 10.1.0.10 10.2.0.10 tcp 70000 | PORTS "70000" is neither a destination port nor SOURCE:DESTINATION, each 0 to 65535, as in 40000:443 | xfrmctl explain
            explain --size 39 10.1.0.10 10.2.0.10 tcp 443 | size 39 is not in 40..65535: a packet has its headers, and a length field of 16 bits | xfrmctl explain
            explain --dev nowhere0 10.1.0.10 10.2.0.10 | --dev nowhere0: there is no such interface; "ip link" lists those that are there | xfrmctl explain
            explain --mark x 10.1.0.10 10.2.0.10 | --mark x is no number of 32 bits, as 42 or 0x2a | xfrmctl explain
            explain --link-mtu 67 10.1.0.10 10.2.0.10 | --link-mtu 67 is not in 68..65535 | xfrmctl explain
            keygen aes128gcm16 -f x | either -f FILE (make its key files) or PROPOSAL (print one key), not both | xfrmctl keygen
            """)
    void aWrongCommandLineIsOneLineAndWhereToRead(String line, String problem, String command) {
        assertThat(console.run(line.split(" ")))
                .isEqualTo(new Console.Result(
                        ExitCode.USAGE, "", "xfrmctl: " + problem + "\n  see \"" + command + " --help\"\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lab"})
    void withoutACommandTheyAreListed(String line) {
        Console.Result result = line.isEmpty() ? console.run() : console.run(line);

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).startsWith("xfrmctl: a command is missing\n").contains("Commands:\n");
    }

    @Test
    void withoutACommandToAskForTheHelpTellsThem() {
        Console.Result result = console.run("ask");

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err())
                .startsWith("xfrmctl: a command is missing\n\nUsage: xfrmctl ask ")
                .contains("counters");
    }

    @ParameterizedTest
    @CsvSource({
        "hom, 'did you mean \"home\"?'",
        "home/nt, 'did you mean \"home/net\"?'",
        "zzzzzz, 'defined are home, home/net'"
    })
    void anUnknownNameIsCorrected(String name, String hint, @TempDir Path directory) {
        String file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);

        Console.Result result = console.run("up", "-f", file, name);

        assertThat(result.status()).isEqualTo(ExitCode.USAGE);
        assertThat(result.errors().get(0))
                .isEqualTo("xfrmctl: no connection or child is named \"" + name + "\"; " + hint);
    }
}
