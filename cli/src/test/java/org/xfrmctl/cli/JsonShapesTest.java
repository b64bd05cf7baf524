package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fields that scripts may rely on. */
class JsonShapesTest {
    private final Console console = new Console();
    private String file = "";

    @BeforeEach
    void write(@TempDir Path directory) {
        file = Definitions.write(directory, "carol.yaml", Definitions.GOOD);
    }

    private JsonNode json(String... command) throws JsonProcessingException {
        return new ObjectMapper().readTree(console.run(command).out());
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void plan() throws JsonProcessingException {
        JsonNode plan = json("plan", "--json", "-f", file);

        assertThat(fields(plan)).containsExactly("changes", "warnings");
        assertThat(plan.get("changes")).hasSize(10).allSatisfy(change -> {
            assertThat(fields(change)).containsExactly("action", "stage", "object");
            assertThat(change.get("action").asText()).isIn("add", "update", "remove");
        });
        assertThat(plan.get("changes").get(0).get("object").asText()).startsWith("policy src 10.1.0.0/16");
    }

    @Test
    void nothingToDoIsAnEmptyList() throws JsonProcessingException {
        console.run("up", "-f", file);

        assertThat(console.run("plan", "--json", "-f", file).status()).isZero();
        assertThat(json("plan", "--json", "-f", file).get("changes")).isEmpty();
    }

    @Test
    void status() throws JsonProcessingException {
        console.run("up", "-f", file);
        JsonNode status = json("status", "--json", "-f", file);

        assertThat(status).hasSize(1);
        assertThat(fields(status.get(0))).containsExactly("child", "condition", "states", "missing");
        assertThat(status.get(0).get("condition").asText()).isEqualTo("UP");
        assertThat(status.get(0).get("states"))
                .hasSize(6)
                .allSatisfy(state -> assertThat(fields(state))
                        .containsExactly("src", "dst", "proto", "spi", "reqid", "mode", "implied", "bytes", "packets"));
    }

    @Test
    void countersOfAMissingStateAreLeftOut() throws JsonProcessingException {
        JsonNode down = json("counters", "--json", "-f", file);
        console.run("up", "-f", file);
        JsonNode up = json("counters", "--json", "-f", file);

        assertThat(fields(down.get(0))).containsExactly("child", "rows");
        assertThat(down.get(0).get("rows"))
                .hasSize(6)
                .allSatisfy(row -> assertThat(fields(row)).containsExactly("state", "note"));
        assertThat(up.get(0).get("rows"))
                .hasSize(6)
                .allSatisfy(row -> assertThat(fields(row))
                        .containsExactly("state", "spi", "src", "dst", "bytes", "packets", "note"));
    }

    @Test
    void mtu() throws JsonProcessingException {
        JsonNode child = json("mtu", "--json", "-f", file, "--link-mtu", "1500").get(0);

        assertThat(fields(child))
                .containsExactly(
                        "child",
                        "mtu",
                        "peer",
                        "way",
                        "layers",
                        "least_way",
                        "most_way",
                        "flows",
                        "kernel",
                        "notes",
                        "warnings");
        assertThat(fields(child.get("way"))).containsExactly("mtu", "origin", "locked");
        assertThat(child.get("layers"))
                .hasSize(2)
                .allSatisfy(layer ->
                        assertThat(fields(layer)).containsExactly("proto", "mode", "before", "parts", "block", "left"));
        assertThat(fields(child.get("layers").get(0).get("parts").get(0))).containsExactly("part", "bytes");
        assertThat(fields(child.get("flows").get(0))).containsExactly("src", "dst", "mtu", "mss");
        assertThat(child.get("mtu").asInt()).isEqualTo(1446);
    }

    @Test
    void firewall() throws JsonProcessingException {
        JsonNode child = json("firewall", "--json", "-f", file).get(0);

        assertThat(fields(child)).containsExactly("child", "table", "rules", "missing");
        assertThat(child.get("table").asText()).isEqualTo("xfrmctl/home/net");
        assertThat(fields(child.get("rules").get(0)))
                .containsExactly("hook", "action", "src", "dst", "proto", "purpose");
        assertThat(fields(child.get("rules").get(1)))
                .containsExactly("hook", "action", "src", "dst", "proto", "protection", "reqid", "purpose");
    }
}
