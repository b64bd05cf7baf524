package org.xfrmctl.cli.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.IpAddress;

class SavedRuleTest {
    private static final Lookup PACKET = Lookup.to(IpAddress.parse("203.0.113.5"));

    private static SavedRule.About about(String members) throws JsonProcessingException {
        return SavedRule.read(new ObjectMapper()
                        .readTree("{\"from\": \"0.0.0.0/0\", \"action\": \"lookup\", \"table\": 101, " + members + "}"))
                .about();
    }

    /** By {@code fib_rule_port_match()}. */
    @ParameterizedTest
    @CsvSource({"53, true", "54, false", "256, false"})
    void onePortIsMetByItself(int port, boolean met) throws JsonProcessingException {
        assertThat(about("\"dport\": \"53-53\"").matches(PACKET.carrying(17, 1000, port)))
                .isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource({"256, true", "511, true", "255, false", "512, false"})
    void aMaskSaysWhichBitsArePort(int port, boolean met) throws JsonProcessingException {
        assertThat(about("\"dport\": \"256-256\", \"dport_mask\": \"0xff00\"").matches(PACKET.carrying(17, 1000, port)))
                .isEqualTo(met);
        assertThat(about("\"sport\": \"256-256\", \"sport_mask\": \"0xff00\"").matches(PACKET.carrying(17, port, 1000)))
                .isEqualTo(met);
    }

    @Test
    void whatIsNotUnderstoodMatchesNothingAndMayMatch() throws JsonProcessingException {
        SavedRule.About here = about("\"to\": \"203.0.113.0/24\", \"more\": true");

        assertThat(here.matches(PACKET)).isFalse();
        assertThat(here.mayMatch(PACKET)).isTrue();
        assertThat(about("\"to\": \"198.51.100.0/24\", \"more\": true").mayMatch(PACKET))
                .isFalse();
        assertThat(about("\"to\": \"203.0.113.0/24\"").mayMatch(PACKET)).isFalse();
    }
}
