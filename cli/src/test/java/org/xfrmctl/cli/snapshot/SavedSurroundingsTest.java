package org.xfrmctl.cli.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.cli.explain.Traveller;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.IpAddress;

/** A host of two links as files have it; ExplainRoutesIT holds the same against a kernel. */
class SavedSurroundingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String LINKS = """
            [{"ifindex": 1, "name": "lo", "mtu": 65536},
             {"ifindex": 2, "name": "wan", "mtu": 1500},
             {"ifindex": 3, "name": "lan", "mtu": 1400}]
            """;

    private static final String ADDRESSES = """
            [{"address": "127.0.0.1/8"}, {"address": "192.168.0.100/24"}, {"address": "10.2.0.1/16"}]
            """;

    private static final String ROUTES = """
            [{"dst": "10.2.0.1/32", "type": "local", "table": 255, "ifindex": 3, "src": "10.2.0.1"},
             {"dst": "10.2.255.255/32", "type": "broadcast", "table": 255, "ifindex": 3, "src": "10.2.0.1"},
             {"dst": "10.2.0.0/16", "type": "unicast", "table": 254, "ifindex": 3, "src": "10.2.0.1"},
             {"dst": "0.0.0.0/0", "type": "unicast", "table": 254, "ifindex": 2}]
            """;

    private static final String RULES = """
            [{"priority": 0, "from": "0.0.0.0/0", "action": "lookup", "table": 255},
             {"priority": 1000, "from": "0.0.0.0/0", "to": "198.51.100.0/24", "action": "lookup", "more": true},
             {"priority": 32766, "from": "0.0.0.0/0", "action": "lookup", "table": 254}]
            """;

    private static SavedSurroundings host() throws JsonProcessingException {
        List<SavedRule> rules = new ArrayList<>();
        JSON.readTree(RULES).forEach(rule -> rules.add(SavedRule.read(rule)));
        return new SavedSurroundings(
                new SavedRoutes(JSON.readTree(ROUTES), rules),
                JSON.readTree(LINKS),
                JSON.readTree(ADDRESSES),
                Optional.empty());
    }

    private static Optional<Routing.Path> path(SavedSurroundings host, String from, String to, boolean passedOn) {
        Flow flow = new Flow(IpAddress.parse(from), IpAddress.parse(to), 1, 8, 0);
        return host.routing(new Traveller(flow, 0, 0, passedOn)).path(flow.destination());
    }

    /** As {@code ip route get} has it. */
    @ParameterizedTest
    @CsvSource({"10.2.0.1, 65535, 1", "10.2.255.255, 1400, 3", "10.2.0.9, 1400, 3", "203.0.113.1, 1500, 2"})
    void whatIsSentHereTakesTheLoopback(String to, int mtu, int device) throws JsonProcessingException {
        Optional<Routing.Path> path = path(host(), "10.2.0.1", to, false);

        assertThat(path.map(Routing.Path::mtu)).contains(mtu);
        assertThat(path.map(Routing.Path::device)).contains(device);
    }

    @ParameterizedTest
    @CsvSource({
        "10.2.0.1, true",
        "10.2.255.255, true",
        "255.255.255.255, true",
        "224.0.0.5, true",
        "10.2.0.9, false",
        "203.0.113.1, false"
    })
    void whatIsForThisHostEndsHere(String to, boolean here) throws JsonProcessingException {
        assertThat(path(host(), "192.168.0.7", to, true).map(Routing.Path::here))
                .contains(here);
    }

    @Test
    void aRuleThatIsNotUnderstoodMakesTheAnswerUncertain() throws JsonProcessingException {
        SavedSurroundings host = host();

        assertThat(path(host, "192.168.0.100", "203.0.113.1", false)).isPresent();
        assertThat(host.doubt()).isEmpty();
        assertThat(path(host, "192.168.0.100", "198.51.100.1", false)).isPresent();
        assertThat(host.doubt()).hasValueSatisfying(doubt -> assertThat(doubt).contains("passed over: 1000;"));
    }
}
