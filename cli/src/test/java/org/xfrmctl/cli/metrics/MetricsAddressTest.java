package org.xfrmctl.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsAddressTest {
    @ParameterizedTest
    @CsvSource({
        "9517, 127.0.0.1:9517",
        "0, 127.0.0.1:0",
        "127.0.0.1:65535, 127.0.0.1:65535",
        "0.0.0.0:9517, 0.0.0.0:9517",
        "[::1]:9517, [0:0:0:0:0:0:0:1]:9517",
        "[::]:0, [0:0:0:0:0:0:0:0]:0",
    })
    void aPortAloneIsOnTheLoopback(String text, String address) {
        assertThat(MetricsAddress.parse(text)).hasToString(address);
        assertThat(MetricsAddress.parse(address)).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "x", "65536", "127.0.0.1", "127.0.0.1:", "::1:9517", "[127.0.0.1]:9517", "-1", "1:2:3"})
    void whatIsNoneIsTold(String text) {
        assertThatThrownBy(() -> MetricsAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("[::1]:9517");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:9517", "example.com:80", ":9517", "127.1:80"})
    void namesAreNotLookedUp(String text) {
        assertThatThrownBy(() -> MetricsAddress.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
