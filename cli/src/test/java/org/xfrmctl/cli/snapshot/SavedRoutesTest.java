package org.xfrmctl.cli.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.IpAddress;

/** Rules and tables as files have them; ExplainRoutesIT holds the same against a kernel. */
class SavedRoutesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String RULES = """
            [{"priority": 0, "from": "0.0.0.0/0", "action": "lookup", "table": 255},
             {"priority": 10, "from": "0.0.0.0/0", "fwmark": "0x9/0xffffffff", "action": "goto", "goto": 50},
             {"priority": 20, "from": "0.0.0.0/0", "fwmark": "0x7/0xf", "action": "lookup", "table": 100},
             {"priority": 30, "from": "0.0.0.0/0", "tos": 16, "action": "blackhole"},
             {"priority": 40, "from": "0.0.0.0/0", "action": "lookup", "table": 254, "suppress_prefixlength": 0},
             {"priority": 44, "from": "0.0.0.0/0", "to": "10.6.0.0/15", "action": "lookup", "table": 110, "suppress_prefixlength": 16},
             {"priority": 45, "from": "0.0.0.0/0", "fwmark": "0x9/0xffffffff", "action": "prohibit"},
             {"priority": 50, "from": "0.0.0.0/0", "action": "lookup", "table": 220}]
            """;

    private static final String ROUTES = """
            [{"dst": "0.0.0.0/0", "type": "unicast", "table": 254, "metric": 0, "ifindex": 1},
             {"dst": "10.1.0.0/16", "type": "unicast", "table": 254, "metric": 0, "ifindex": 2},
             {"dst": "0.0.0.0/0", "type": "unicast", "table": 100, "metric": 0, "ifindex": 3},
             {"dst": "10.9.0.0/16", "type": "throw", "table": 100, "metric": 0},
             {"dst": "10.6.0.255/32", "type": "broadcast", "table": 110, "metric": 0, "ifindex": 6},
             {"dst": "10.6.0.1/32", "type": "anycast", "table": 110, "metric": 0, "ifindex": 6},
             {"dst": "10.6.0.2/32", "type": "multicast", "table": 110, "metric": 0, "ifindex": 6},
             {"dst": "10.7.0.0/24", "type": "unicast", "table": 110, "metric": 0, "ifindex": 5},
             {"dst": "10.7.0.0/16", "type": "unreachable", "table": 110, "metric": 0},
             {"dst": "10.8.0.0/16", "type": "unreachable", "table": 220, "metric": 0},
             {"dst": "0.0.0.0/0", "type": "unicast", "table": 220, "metric": 0, "ifindex": 4}]
            """;

    private static SavedRoutes routes() throws JsonProcessingException {
        List<SavedRule> rules = new ArrayList<>();
        JSON.readTree(RULES).forEach(rule -> rules.add(SavedRule.read(rule)));
        return new SavedRoutes(JSON.readTree(ROUTES), rules);
    }

    /** Link 0 is none. */
    @ParameterizedTest
    @CsvSource({
        "10.1.0.1, 0, 2",
        "203.0.113.1, 0, 4",
        "10.1.0.1, 7, 3",
        "10.1.0.1, 0x17, 3",
        "10.9.0.1, 7, 4",
        "10.8.0.1, 0, 0",
        "10.7.0.1, 0, 5",
        "10.6.0.255, 0, 6",
        "10.6.0.1, 0, 6",
        "10.6.0.2, 0, 6",
        "10.7.1.1, 0, 0",
        "10.1.0.1, 9, 4"
    })
    void packetsTakeTheWayOfTheirRule(String to, String mark, int link) throws JsonProcessingException {
        Lookup packet = Lookup.to(IpAddress.parse(to)).marked(Integer.decode(mark));

        assertThat(routes().find(packet, 0)
                        .entry()
                        .map(SavedRoutes.Entry::device)
                        .orElse(0))
                .isEqualTo(link);
    }

    @Test
    void whoSaysTheLinkTakesItsRoutesAlone() throws JsonProcessingException {
        Lookup packet = Lookup.to(IpAddress.parse("10.1.0.1"));

        assertThat(routes().find(packet, 4).entry().map(SavedRoutes.Entry::device))
                .contains(4);
        assertThat(routes().find(packet, 9).entry()).isEmpty();
    }
}
