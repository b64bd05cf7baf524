package org.xfrmctl.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    /** What glibc's inet_ntop gives for what inet_pton read. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "192.168.0.100, 192.168.0.100",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "::ffff:1.2.3.4, ::ffff:1.2.3.4",
        "::ffff:102:304, ::ffff:1.2.3.4",
        "::1.2.3.4, ::1.2.3.4",
        "::0.0.1.2, ::102",
        "::1:0, ::0.1.0.0",
        "::1:2:3, ::1:2:3",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201",
        "2001:db8:0:1::, 2001:db8:0:1::",
        "2001:db8::1, 2001:db8::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
        "1:2:3:4:5:6:0:0, 1:2:3:4:5:6::",
        "0:0:3:4:5:6:7:8, ::3:4:5:6:7:8",
        "0001:0002:0003:0004:0005:0006:0007:0008, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "fec0::100, fec0::100"
    })
    void printsLikeInetNtop(String text, String printed) {
        assertThat(IpAddress.parse(text)).hasToString(printed);
        assertThat(IpAddress.parse(printed)).isEqualTo(IpAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ":",
                ":::",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.-4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "1:2:3:4::5:6:7:8",
                "12345::",
                "g::",
                "::1%eth0",
                "[::1]",
                "1.2.3.4::",
                "::1.2.3",
                "::1.2.3.4:5",
                ":1::2",
                "1::2:",
                "localhost",
                "::٣"
            })
    void refusesWhatInetPtonRefuses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agreesWithTheJdk(long seed) throws UnknownHostException {
        Random random = new Random(seed);
        for (int run = 0; run < 500; run++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (int zero = random.nextInt(bytes.length); zero > 0; zero--) {
                bytes[random.nextInt(bytes.length)] = 0;
            }
            IpAddress address = IpAddress.of(bytes);
            String how = "seed " + seed + " run " + run + " " + address;
            assertThat(address.toBytes()).as(how).isEqualTo(bytes);
            assertThat(IpAddress.parse(address.toString())).as(how).isEqualTo(address);
            InetAddress jdk = InetAddress.getByAddress(bytes);
            assertThat(IpAddress.parse(jdk.getHostAddress())).as(how).isEqualTo(address);
            assertThat(InetAddress.getByName(address.toString())).as(how).isEqualTo(jdk);
        }
    }

    @Test
    void familiesAreNeverEqual() {
        assertThat(IpAddress.ANY_V4).isNotEqualTo(IpAddress.ANY_V6);
        assertThat(IpAddress.ANY_V4.sharesPrefix(IpAddress.ANY_V6, 0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.255.0, 16, true",
        "10.1.2.3, 10.1.255.0, 17, false",
        "10.1.2.3, 99.1.2.3, 0, true",
        "fd01::1, fd01::2, 126, true",
        "fd01::1, fd01::2, 127, false",
        "fd01:0:0:1::, fd01::, 63, true",
        "fd01:0:0:1::, fd01::, 64, false"
    })
    void comparesPrefixes(String a, String b, int length, boolean shared) {
        assertThat(IpAddress.parse(a).sharesPrefix(IpAddress.parse(b), length)).isEqualTo(shared);
    }
}
