package org.xfrmctl.cli.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file below {@code /proc/sys}. */
public final class SettingFile {
    /** No setting is longer. */
    private static final int PAGE = 4096;

    private SettingFile() {}

    /**
     * What it holds, without blanks around it. A number must be read at once: who asks for the rest is told that there is none
     * ({@code do_proc_dointvec()}), and of a file without a length Java reads one byte first.
     */
    public static String read(Path file) throws IOException {
        byte[] content = new byte[PAGE];
        try (InputStream in = Files.newInputStream(file)) {
            return new String(content, 0, Math.max(0, in.read(content)), StandardCharsets.UTF_8).strip();
        }
    }
}
