package org.xfrmctl.it.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What {@code host.sh} left: a file for what each step said, and one for how it ended. */
record Said(Path directory) {
    /** What a step said, or another file. */
    String file(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    /** How the steps ended, by their names. */
    Map<String, String> statuses() throws IOException {
        Map<String, String> statuses = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory.resolve("said"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".status")).toList()) {
                String name = file.getFileName().toString().replace(".status", "");
                statuses.put(name, Files.readString(file).strip());
            }
        }
        return statuses;
    }
}
