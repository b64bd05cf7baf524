package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainJsonTest {
    /** Objects with tables of their own in docs/JSON.md. */
    private static final Set<String> ELSEWHERE = Set.of("policies", "other_policies", "tmpl", "encap", "xfrm_stat");

    private final Console console = new Console();

    @BeforeEach
    void up(@TempDir Path directory) {
        String file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
        assertThat(console.run("up", "-f", file).status()).isZero();
    }

    private JsonNode explain(String line) throws JsonProcessingException {
        return new ObjectMapper()
                .readTree(console.run(("explain --json " + line).split(" ")).out());
    }

    @Test
    void outbound() throws JsonProcessingException {
        JsonNode json = explain("--df --size 1000 192.168.0.100 10.1.0.10 udp 53");

        assertThat(json.at("/passes").asBoolean()).isTrue();
        assertThat(json.at("/out/policies/0/dir").asText()).isEqualTo("out");
        assertThat(json.at("/out/templates/0/answer").asText()).isEqualTo("taken");
        assertThat(json.at("/out/templates/1/state/spi").asText()).isEqualTo("0xc1000001");
        assertThat(json.at("/out/hops/1/size").asInt()).isEqualTo(1056);
        assertThat(json.at("/out/mtu").asInt()).isEqualTo(1446);
        assertThat(json.at("/out/fate").asText()).isEqualTo("leaves");
        assertThat(json.at("/out/counts")).hasSize(2);
    }

    @Test
    void inbound() throws JsonProcessingException {
        JsonNode json = explain("--in 10.1.0.10 192.168.0.100");

        assertThat(json.at("/in/ways")).hasSize(3);
        assertThat(json.at("/in/ways/0/counter").asText()).isEqualTo("XfrmInTmplMismatch");
        assertThat(json.at("/in/ways/0/cause").asText()).isEqualTo("unmet");
        assertThat(json.at("/in/ways/0/xfrm_stat/XfrmInTmplMismatch").asInt()).isEqualTo(1);
        assertThat(json.at("/in/ways/1/form").asText()).isEqualTo("uncompressed");
        assertThat(json.at("/in/ways/1/verdict").asText()).isEqualTo("passes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.0.100 10.1.0.10",
                "--mark 5 --if-id 7 192.168.0.100 10.1.0.10",
                "--df --size 1500 192.168.0.100 10.1.0.10",
                "--in 10.1.0.10 192.168.0.100",
                "--fwd --size 200 10.1.0.10 192.168.0.100 tcp 443"
            })
    void everyMemberIsDocumented(String line) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "JSON.md"));
        String section = page.substring(page.indexOf("\n## Explain\n"));
        Set<String> names = new TreeSet<>();
        collect(explain(line), names);

        assertThat(names)
                .hasSizeGreaterThan(15)
                .allSatisfy(name -> assertThat(section).contains("`" + name + "`"));
    }

    private static void collect(JsonNode node, Set<String> names) {
        node.fieldNames().forEachRemaining(name -> {
            names.add(name);
            if (!ELSEWHERE.contains(name)) {
                collect(node.get(name), names);
            }
        });
        if (node.isArray()) {
            node.forEach(each -> collect(each, names));
        }
    }
}
