package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code explain --from} of a host with routes, which the kernel of these tests does not have. */
class ExplainSavedTest {
    private final Console console = new Console();

    @TempDir
    private Path directory;

    @BeforeEach
    void save() throws IOException {
        assertThat(console.run("snapshot", saved()).status()).isZero();
        write("links.json", """
                [{"ifindex": 1, "name": "lo", "mtu": 65536}, {"ifindex": 2, "name": "wan", "mtu": 1500}]
                """);
        write("addresses.json", "[{\"ifindex\": 2, \"address\": \"192.168.0.100/24\"}]");
        write("routes.json", """
                [{"dst": "192.168.0.100/32", "type": "local", "table": 255, "ifindex": 2, "src": "192.168.0.100"},
                 {"dst": "0.0.0.0/0", "type": "unicast", "table": 254, "ifindex": 2}]
                """);
        write("rules.json", """
                [{"priority": 0, "from": "0.0.0.0/0", "action": "lookup", "table": 255},
                 {"priority": 1000, "from": "0.0.0.0/0", "to": "198.51.100.0/24", "action": "lookup", "more": true},
                 {"priority": 32766, "from": "0.0.0.0/0", "action": "lookup", "table": 254}]
                """);
    }

    private String saved() {
        return directory.resolve("saved").toString();
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(Path.of(saved(), name), content);
    }

    private Console.Result explain(String line) {
        return console.run(("explain --from " + saved() + " " + line).split(" "));
    }

    @Test
    void whatIsForThisHostIsNotPassedOn() throws JsonProcessingException {
        Console.Result text = explain("--fwd 192.168.0.7 192.168.0.100");
        assertThat(text.out().replaceAll("\\s+", " "))
                .contains("as it goes on: not passed on: it is for this host; ask with --in");
        assertThat(text.status()).isEqualTo(1);
        assertThat(new ObjectMapper()
                        .readTree(explain("--json --fwd 192.168.0.7 192.168.0.100")
                                .out())
                        .at("/out/fate")
                        .asText())
                .isEqualTo("for_this_host");
        assertThat(explain("--fwd 192.168.0.7 203.0.113.1").status()).isZero();
    }

    @Test
    void aRuleThatIsNotUnderstoodIsToldOf() throws JsonProcessingException {
        assertThat(explain("192.168.0.100 203.0.113.1").out()).doesNotContain("uncertain");
        assertThat(explain("192.168.0.100 198.51.100.1").out()).contains("""
                verdict   passes, in clear, 84 bytes on the wire
                            uncertain: rules.json has not all of what these rules ask for, so
                            they are passed over: 1000; the host may go by them, so ask it there
                """);
        assertThat(new ObjectMapper()
                        .readTree(explain("--json 192.168.0.100 198.51.100.1").out())
                        .path("doubt")
                        .asText())
                .contains("1000");
    }
}
