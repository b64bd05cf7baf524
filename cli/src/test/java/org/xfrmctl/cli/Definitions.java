package org.xfrmctl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Definition and key files for tests. The keys are known, so that a test can look for them where they must not be. */
final class Definitions {
    static final String OUT_KEY = "000102030405060708090a0b0c0d0e0f10111213";
    static final String IN_KEY = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeffe0e1e2e3";

    /** Line 1 is {@code connections:}, line 15 is {@code out:}, line 18 the first secret. */
    static final String GOOD = """
            connections:
              home:
                local_addrs: 192.168.0.100
                remote_addrs: 192.168.0.1
                children:
                  net:
                    local_ts: 192.168.0.100/32
                    remote_ts: 10.1.0.0/16
                    mode: tunnel
                    ipcomp: yes
                    esp_proposals: aes128gcm16
                    level: auto
                    on_down: block
                    sas:
                      out: { spi: 0xc1000001, cpi: 0x1001, key: carol-moon }
                      in:  { spi: 0xc1000002, cpi: 0x1002, key: moon-carol }
            secrets:
              carol-moon: { file: carol-moon.key }
              moon-carol: { file: moon-carol.key }
            """;

    private Definitions() {}

    /** Writes {@code text} as {@code name}, and both keys beside it if they are not there. */
    static String write(Path directory, String name, String text) {
        key(directory.resolve("carol-moon.key"), OUT_KEY);
        key(directory.resolve("moon-carol.key"), IN_KEY);
        return file(directory.resolve(name), text).toString();
    }

    static Path file(Path path, String text) {
        try {
            if (!Files.exists(path)) {
                return Files.writeString(path, text);
            }
            // At once: a watch may be reading.
            Path next = Files.writeString(path.resolveSibling(path.getFileName() + ".new"), text);
            Files.setPosixFilePermissions(next, Files.getPosixFilePermissions(path));
            return Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void mode(Path path, String mode) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void key(Path path, String hex) {
        if (!Files.exists(path)) {
            file(path, hex + "\n");
            mode(path, "rw-------");
        }
    }
}
