package org.xfrmctl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.xfrmctl.manager.migrate.Imported;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.KeyGeneration;

/**
 * The files that an import makes: the definition, and keys where it was asked to. None that is there is touched, and none is
 * made before all are known to be missing. If one cannot be made, those before it are removed: no key is left behind.
 */
record ImportedFiles(Optional<Path> keysTo, Optional<Path> output) {
    /** Gives the paths of the key files. */
    List<Path> write(Imported imported, String text) {
        Deque<Path> made = new ArrayDeque<>();
        try {
            Map<Path, Key> keys = keyFiles(imported);
            for (Path path : keys.keySet()) {
                refuseExisting(path);
            }
            if (output.isPresent()) {
                refuseExisting(output.get());
            }
            if (!keys.isEmpty()) {
                directory(keysTo.orElseThrow(), made);
            }
            for (Map.Entry<Path, Key> each : keys.entrySet()) {
                KeyGeneration.write(each.getKey(), each.getValue());
                made.push(each.getKey());
            }
            if (output.isPresent()) {
                Files.writeString(output.get(), text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            }
            return List.copyOf(keys.keySet());
        } catch (IOException e) {
            remove(made, e);
            throw new UncheckedIOException(e);
        }
    }

    private Map<Path, Key> keyFiles(Imported imported) {
        Map<Path, Key> files = new TreeMap<>();
        keysTo.ifPresent(to -> imported.keys().forEach((name, key) -> files.put(to.resolve(name + ".key"), key)));
        return files;
    }

    private static void refuseExisting(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    private static void directory(Path path, Deque<Path> made) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            made.push(path);
        }
    }

    private static void remove(Deque<Path> made, IOException failure) {
        for (Path path : made) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }
}
