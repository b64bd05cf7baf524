package org.xfrmctl.manager.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.definition.DefinitionReader;

class InterfaceLoopsTest {
    private static final String CHILD = """
            connections:
              site:
                local_addrs: 192.0.2.1
                remote_addrs: 198.51.100.2
                children:
                  net:
                    interface: ipsec0
                    local_ts: 0.0.0.0/0
                    remote_ts: 0.0.0.0/0
                    sas:
                      out: { spi: 0xc1000001, key: a }
                      in: { spi: 0xc1000002, key: b }
            secrets:
              a: { env: A }
              b: { env: B }
            """;

    @TempDir
    private Path directory;

    private List<String> warnings(String... interfaces) {
        try {
            Path file = Files.writeString(
                    directory.resolve("site.yaml"), "interfaces:\n  " + String.join("\n  ", interfaces) + "\n" + CHILD);
            return ConnectionCompiler.compileWithoutKeys(DefinitionReader.read(file))
                    .warnings();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "198.51.100.0/24", "198.51.100.2/32"})
    void aRouteThatHoldsTheOtherGatewayIsTold(String route) {
        assertThat(warnings("ipsec0: { type: xfrm, if_id: 42, routes: " + route + " }"))
                .containsExactly("interface ipsec0: its route to " + route
                        + " holds 198.51.100.2, to which it sends itself: without a nearer route to that (\"ip route get"
                        + " 198.51.100.2\" tells) nothing is sent");
    }

    @Test
    void soIsOneOfATunnelThatNoChildUses() {
        assertThat(
                        warnings(
                                "ipsec0: { type: xfrm, if_id: 42 }",
                                "gre1: { type: gre, local: 192.0.2.1, remote: 203.0.113.9, routes: [10.0.0.0/8, 203.0.113.0/24] }"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("interface gre1: its route to 203.0.113.0/24 holds 203.0.113.9");
    }

    @Test
    void aNearerOneByAnotherInterfaceIsTheWay() {
        assertThat(warnings(
                        "ipsec0: { type: xfrm, if_id: 42, routes: 0.0.0.0/0 }",
                        "gre1: { type: gre, local: 192.0.2.1, remote: 203.0.113.9, routes: 198.51.100.0/24 }"))
                .noneMatch(warning -> warning.startsWith("interface ipsec0"));
        assertThat(warnings("ipsec0: { type: xfrm, if_id: 42, routes: 10.0.0.0/8 }"))
                .isEmpty();
    }
}
