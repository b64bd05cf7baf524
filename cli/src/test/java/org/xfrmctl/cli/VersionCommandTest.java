package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class VersionCommandTest {
    private final Console console = new Console();

    @Test
    void withoutAKernelItIsOneLine() {
        assertThat(console.run("version")).isEqualTo(console.run("--version"));
        assertThat(console.run("version").out()).matches("xfrmctl \\S.*\n");
    }

    @Test
    void aKernelTellsWhatItHas() {
        String before = console.tables();
        Console.Result result = console.run("version", "--kernel");

        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .containsPattern("\nESP over IPv4 +yes\n")
                .containsPattern("\nxfrm interfaces +unknown +CONFIG_XFRM_INTERFACE \\(module\\s+xfrm_interface\\)\n")
                .containsPattern("\naead rfc4106\\(gcm\\(aes\\)\\) +yes\n");
        assertThat(console.tables()).isEqualTo(before);
    }

    @Test
    void programsGetJson() throws JsonProcessingException {
        JsonNode version = new ObjectMapper()
                .readTree(console.run("version", "--kernel", "--json").out());

        assertThat(version.get("version").asText()).isNotEmpty();
        assertThat(version.get("kernel").get("features")).anySatisfy(feature -> {
            assertThat(feature.get("name").asText()).isEqualTo("ESP over IPv4");
            assertThat(feature.get("support").asText()).isEqualTo("yes");
            assertThat(feature.get("source").asText()).isEqualTo("CONFIG_INET_ESP (module esp4)");
        });
        assertThat(version.get("kernel").get("algorithms"))
                .anySatisfy(
                        algorithm -> assertThat(algorithm.get("name").asText()).isEqualTo("hmac(sha256)"));
        assertThat(new ObjectMapper()
                        .readTree(console.run("version", "--json").out())
                        .has("kernel"))
                .isFalse();
    }
}
