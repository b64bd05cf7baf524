package org.xfrmctl.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScrapeTest {
    private final Scrape scrape = new Scrape();

    @Test
    void eachMetricStandsBehindWhatItIs() {
        scrape.add(Metric.XFRM_STAT, 2, "XfrmInError");
        scrape.add(Metric.UP, 1);
        scrape.add(Metric.XFRM_STAT, 0, "XfrmInNoStates");

        assertThat(scrape.text()).isEqualTo("""
                # HELP xfrmctl_up Whether the kernel and the definition could be read for this scrape.
                # TYPE xfrmctl_up gauge
                xfrmctl_up 1
                # HELP xfrmctl_xfrm_stat_total Counters of /proc/net/xfrm_stat: why packets were dropped, since the kernel or namespace began.
                # TYPE xfrmctl_xfrm_stat_total counter
                xfrmctl_xfrm_stat_total{counter="XfrmInError"} 2
                xfrmctl_xfrm_stat_total{counter="XfrmInNoStates"} 0
                """);
    }

    @Test
    void namesOfPeopleAreEscaped() {
        scrape.add(Metric.WANTED_UP, 1, "a\"b\\c\nd{e}", "ü#, ");

        String text = scrape.text();

        assertThat(text).contains("\nxfrmctl_child_wanted_up{connection=\"a\\\"b\\\\c\\nd{e}\",child=\"ü#, \"} 1\n");
        assertThat(Exposition.read(text).samples()).hasSize(1);
    }

    @Test
    void aSeriesStandsOnce() {
        scrape.add(Metric.STATE_BYTES, 3, "a", "b", "in", "esp", "0x1");
        scrape.add(Metric.STATE_BYTES, 4, "a", "b", "in", "esp", "0x1");
        scrape.add(Metric.STATE_ADDED, 3, "a", "b", "in", "esp", "0x1");
        scrape.add(Metric.STATE_ADDED, 4, "a", "b", "in", "esp", "0x1");

        assertThat(Exposition.read(scrape.text()).samples().values()).containsExactly(7.0, 3.0);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "1795687956, 1795687956",
        "9007199254740992, 9007199254740992",
        "18446744073709551615, 1.8446744073709552E19",
        "0.5, 0.5",
        "0.0000152, 1.52E-5",
    })
    void numbersAreReadAsTheyWereWritten(double value, String text) {
        scrape.add(Metric.SCRAPE_DURATION, value);

        assertThat(scrape.text()).endsWith("\nxfrmctl_scrape_duration_seconds " + text + "\n");
        assertThat(Exposition.read(scrape.text()).samples().values()).containsExactly(value);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0x1p64",
        "-9223372036854775808, 0x1p63",
        "9223372036854775807, 0x1p63",
        "12, 12",
    })
    void countersOf64BitsHaveNoSign(long bits, double value) {
        scrape.count(Metric.XFRM_STAT, bits, "XfrmInError");

        assertThat(Exposition.read(scrape.text()).samples().values()).containsExactly(value);
    }

    @Test
    void aSampleHasTheLabelsOfItsMetric() {
        assertThatThrownBy(() -> scrape.add(Metric.XFRM_STAT, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("xfrmctl_xfrm_stat_total has the labels [counter] and was given []");
    }

    @Test
    void namesAreAsPrometheusWantsThem() {
        assertThat(Metric.values())
                .extracting(Metric::toString)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("xfrmctl_[a-z]+(_[a-z]+)*"));
        assertThat(Arrays.stream(Metric.values()).filter(metric -> metric.type() == Metric.Type.COUNTER))
                .isNotEmpty()
                .allMatch(metric -> metric.toString().endsWith("_total"));
        assertThat(Arrays.stream(Metric.values()).filter(metric -> metric.type() == Metric.Type.GAUGE))
                .noneMatch(metric -> metric.toString().endsWith("_total"));
    }
}
