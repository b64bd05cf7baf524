package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolNamesTest {
    @Test
    void theFirstNameOfANumberCounts() {
        ProtocolNames names = ProtocolNames.parse(
                List.of("# comment", "ip\t0\tIP\t# pseudo", "hopopt 0 HOPOPT", "", "tcp 6", "broken", "odd x"));
        assertThat(names.nameOf(0)).isEqualTo("ip");
        assertThat(names.nameOf(6)).isEqualTo("tcp");
        assertThat(names.nameOf(250)).isEqualTo("250");
    }

    @Test
    void aMissingFileLeavesTheBuiltInNames(@TempDir Path directory) {
        assertThat(ProtocolNames.read(directory.resolve("protocols")).nameOf(58))
                .isEqualTo("ipv6-icmp");
    }

    @Test
    void aFileReplacesTheBuiltInNames(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("protocols"), "mine 58 MINE\n");
        assertThat(ProtocolNames.read(file).nameOf(58)).isEqualTo("mine");
        assertThat(ProtocolNames.read(file).nameOf(6)).isEqualTo("6");
    }
}
