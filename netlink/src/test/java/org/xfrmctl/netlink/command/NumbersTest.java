package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "00, 0",
        "5, 5",
        "+5, 5",
        "' \t5', 5",
        "010, 8",
        "0x10, 16",
        "0XfF, 255",
        "4294967295, 4294967295",
        "18446744073709551615, -1",
        "01777777777777777777777, -1",
        "0xffffffffffffffff, -1",
        "0x0000000000000000000000001, 1",
        "-1, -1",
        "-0x10, -16",
        "-18446744073709551615, 1"
    })
    void readsWhatStrtoulReads(String text, long bits) {
        assertThat(Numbers.parse(text)).isEqualTo(bits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "+",
                "-",
                "--1",
                "5 ",
                "5x",
                "08",
                "0x",
                "0xg",
                "x5",
                "1.5",
                "18446744073709551616",
                "18446744073709551620",
                "0x10000000000000000",
                "02000000000000000000000",
                "٣"
            })
    void refusesWhatStrtoulLeavesOver(String text) {
        assertThatExceptionOfType(NumberFormatException.class).isThrownBy(() -> Numbers.parse(text));
    }
}
