package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolNumbersTest {
    private final ProtocolNumbers numbers = ProtocolNumbers.parse(List.of(
            "# names",
            "",
            "ip\t0\tIP\t# pseudo",
            "tcp 6 TCP tcp4",
            "twice 7",
            "twice 8",
            "one 256",
            "x",
            "y z",
            " udp 17"));

    @ParameterizedTest
    @CsvSource({"ip, 0", "IP, 0", "tcp, 6", "TCP, 6", "tcp4, 6", "twice, 7", "udp, 17"})
    void namesAndAliasesAreFound(String name, int number) {
        assertThat(numbers.numberOf(name)).hasValue(number);
    }

    @ParameterizedTest
    @CsvSource({"Tcp", "one", "x", "y", "''", "pseudo", "6"})
    void othersAreNot(String name) {
        assertThat(numbers.numberOf(name)).isEqualTo(OptionalInt.empty());
    }

    @Test
    void withoutAFileTheCommonOnesAreKnown() {
        assertThat(ProtocolNumbers.builtIn().numberOf("tcp")).hasValue(6);
        assertThat(ProtocolNumbers.builtIn().numberOf("mobility-header")).hasValue(135);
        assertThat(ProtocolNumbers.builtIn().numberOf("200")).isEmpty();
    }
}
