package org.xfrmctl.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
    @TempDir
    private Path proc;

    @Test
    void tablesOfIptablesLegacyAreToldByFamily() throws IOException {
        Path net = Files.createDirectory(proc.resolve("net"));
        assertThat(HostFiles.legacyFilters(proc).orElseThrow())
                .as("without the modules")
                .isEmpty();

        Files.writeString(net.resolve("ip_tables_names"), "");
        Files.writeString(net.resolve("ip6_tables_names"), "");
        assertThat(HostFiles.legacyFilters(proc).orElseThrow())
                .as("before the first command")
                .isEmpty();

        Files.writeString(net.resolve("ip_tables_names"), "nat\nfilter\n");
        Files.writeString(net.resolve("ip6_tables_names"), "raw\n");
        List<String> tables = List.of("ip filter", "ip nat", "ip6 raw");
        assertThat(HostFiles.legacyFilters(proc)).contains(tables);

        Path denied = net.resolve("ip6_tables_names");
        Files.setPosixFilePermissions(denied, Set.of());
        // Root reads what nobody may.
        assertThat(HostFiles.legacyFilters(proc))
                .isEqualTo(Files.isReadable(denied) ? Optional.of(tables) : Optional.empty());
    }
}
