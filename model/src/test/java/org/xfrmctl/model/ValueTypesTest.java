package org.xfrmctl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the small values promise: text, limits, and that keys stay unseen. */
class ValueTypesTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.0.0/16, 10.1.255.255, true",
        "10.1.0.0/16, 10.2.0.0, false",
        "0.0.0.0/0, 1.2.3.4, true",
        "0.0.0.0/0, ::, false",
        "192.168.0.1, 192.168.0.1, true",
        "192.168.0.1, 192.168.0.0, false",
        "fd01::/64, fd01::ffff, true",
        "fd01::/64, fd01:0:0:1::, false"
    })
    void prefixContains(String prefix, String address, boolean contained) {
        assertThat(IpPrefix.parse(prefix).contains(IpAddress.parse(address))).isEqualTo(contained);
    }

    @Test
    void prefixKeepsHostBits() {
        assertThat(IpPrefix.parse("10.0.0.1/16"))
                .hasToString("10.0.0.1/16")
                .isNotEqualTo(IpPrefix.parse("10.0.0.0/16"));
        assertThat(IpPrefix.parse("10.0.0.1/16").overlaps(IpPrefix.parse("10.0.9.0/24")))
                .isTrue();
        assertThat(IpPrefix.parse("10.1.0.0/16").overlaps(IpPrefix.parse("10.0.9.0/24")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0/33", "fd01::/129", "10.0.0.0/", "10.0.0.0/x", "10.0.0.0/-1", "/8", "10.0.0.0/8/8"})
    void badPrefixesAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse(text));
    }

    @Test
    void markMatchesUnderItsMask() {
        Mark mark = new Mark(0x10, 0xf0);

        assertThat(mark.matches(0xff1f)).isTrue();
        assertThat(mark.matches(0xff2f)).isFalse();
        assertThat(Mark.NONE.matches(0x1234)).isTrue();
        assertThat(new Mark(0x1ff, 0xff).masked()).isEqualTo(new Mark(0xff, 0xff));
        assertThat(new Mark(-1, -1)).hasToString("0xffffffff/0xffffffff");
    }

    @Test
    void keyNeverShowsItsContent() {
        Key key = Key.of(new byte[] {0x5a, 0x5a, 0x5a});
        Key other = Key.of(new byte[] {1, 2, 3});

        assertThat(key).hasToString("(24 bits)").isNotEqualTo(other).hasSameHashCodeAs(other);
        assertThat(new Algorithm.Encryption("cbc(aes)", key).toString())
                .doesNotContain("5a")
                .doesNotContain("90");
        assertThat(key.revealHex()).isEqualTo("5a5a5a");
    }

    @Test
    void keyIsACopyAndCanBeWiped() {
        byte[] material = {1, 2, 3, 4};
        Key key = Key.of(material);
        material[0] = 9;

        assertThat(key.toArray()).containsExactly(1, 2, 3, 4);
        assertThat(key.slice(1, 3)).isEqualTo(Key.of(new byte[] {2, 3}));
        key.close();
        assertThat(key.toArray()).containsOnly(0);
    }

    @Test
    void unsignedNumbersPrintUnsigned() {
        assertThat(new Spi(-1)).hasToString("0xffffffff");
        assertThat(new Reqid(-1)).hasToString("4294967295");
        assertThat(new IfId(-1)).hasToString("0xffffffff");
        assertThat(new Cpi(0xffff).toSpi()).isEqualTo(new Spi(0xffff));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cpi(65536));
    }

    @Test
    void portMatchesUnderItsMask() {
        assertThat(new PortMatch(1024, 0xfc00).matches(2047)).isTrue();
        assertThat(new PortMatch(1024, 0xfc00).matches(2048)).isFalse();
        assertThat(PortMatch.ANY.matches(7)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> PortMatch.exactly(65536));
    }
}
