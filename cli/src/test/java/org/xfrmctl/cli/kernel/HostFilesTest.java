package org.xfrmctl.cli.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFilesTest {
    @TempDir
    private Path proc;

    @Test
    void tablesOfIptablesLegacyAreToldByFamily() throws IOException {
        Path net = Files.createDirectory(proc.resolve("net"));
        assertThat(HostFiles.legacyFilters(proc)).as("without the modules").isEmpty();

        Files.writeString(net.resolve("ip_tables_names"), "");
        Files.writeString(net.resolve("ip6_tables_names"), "");
        assertThat(HostFiles.legacyFilters(proc)).as("before the first command").isEmpty();

        Files.writeString(net.resolve("ip_tables_names"), "nat\nfilter\n");
        Files.writeString(net.resolve("ip6_tables_names"), "raw\n");
        assertThat(HostFiles.legacyFilters(proc)).containsExactly("ip filter", "ip nat", "ip6 raw");
    }
}
