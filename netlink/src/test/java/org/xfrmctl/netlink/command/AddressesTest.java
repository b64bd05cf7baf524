package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.Family;

class AddressesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.1/32",
        "10.8, 10.8.0.0/32",
        "10, 10.0.0.0/32",
        "0x0a.010.1.2, 10.8.1.2/32",
        "10.1/16, 10.1.0.0/16",
        "10.1.2.3/0x10, 10.1.2.3/16",
        "10.1.2.3/010, 10.1.2.3/8",
        "10.1.2.3/255.255.0.0, 10.1.2.3/16",
        "10.1.2.3/255.255, 10.1.2.3/16",
        "10.1.2.3/0.0.0.0, 10.1.2.3/0",
        "10.1.2.3/255.255.255.255, 10.1.2.3/32",
        "::, ::/128",
        "2001:db8::1/64, 2001:db8::1/64",
        "::ffff:10.1.2.3/96, ::ffff:10.1.2.3/96",
        "2001:db8::1/255.255.0.0, 2001:db8::1/16"
    })
    void readsWhatIproute2Reads(String text, String prefix) {
        assertThat(Addresses.prefix(new Words(List.of(text)), "src")).hasToString(prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "10.",
                "10..1",
                "1.2.3.4.5",
                "10.256",
                "10.0.0.1/",
                "10.0.0.1/33",
                "10.0.0.1/-1",
                "10.0.0.1/255.0.255.0",
                "10.0.0.1/24/8",
                "::1/129",
                "::1%v0",
                ":1",
                "any",
                "all",
                "default",
                "any/8",
                "localhost",
                "10.0.0.1/::"
            })
    void refusesWhatIproute2Refuses(String text) {
        assertThatExceptionOfType(CommandException.class)
                .isThrownBy(() -> Addresses.prefix(new Words(List.of(text)), "src"));
    }

    @ParameterizedTest
    @CsvSource({"any, INET, 0.0.0.0/0", "all, INET6, ::/0", "default, INET6, ::/0", "10.1, INET, 10.1.0.0/32"})
    void ofAKnownFamilyAnyMayBeSaid(String text, Family family, String prefix) {
        Words words = new Words(List.of(text));
        words.family(family);

        assertThat(Addresses.prefix(words, "src")).hasToString(prefix);
    }

    @ParameterizedTest
    @CsvSource({"::1, INET", "10.1, INET6", "default/8, INET"})
    void ofAKnownFamilyTheOtherIsRefused(String text, Family family) {
        Words words = new Words(List.of(text));
        words.family(family);

        assertThatExceptionOfType(CommandException.class).isThrownBy(() -> Addresses.prefix(words, "src"));
    }
}
