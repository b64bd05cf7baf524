package org.xfrmctl.model.definition;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.Key;

/**
 * Fetches one secret from where it lies. Nothing of its content gets into a message, not even a wrong character; buffers
 * are wiped.
 */
public final class SecretReader {
    private static final int LARGEST = 64 * 1024;
    private static final Set<PosixFilePermission> FOREIGN = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Map<String, String> environment;
    private final int user;
    private final Duration patience;

    /**
     * @param environment where {@code env:} looks
     * @param user the caller's user id: the owner that a file may have beside root
     * @param patience how long a {@code command:} may take
     */
    public SecretReader(Map<String, String> environment, int user, Duration patience) {
        this.environment = Map.copyOf(environment);
        this.user = user;
        this.patience = patience;
    }

    /** A reader for this process: its environment, its effective user. */
    public static SecretReader ofProcess(Duration patience) {
        return new SecretReader(System.getenv(), effectiveUser(), patience);
    }

    /** The owner of {@code /proc/self}, which is the effective user (proc(5)); root if that cannot be read. */
    private static int effectiveUser() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException e) {
            return 0; // The strictest answer: then only root's files are accepted.
        }
    }

    /** Fetches the secret; problems stand at the place where {@code secrets:} names it. */
    public Key read(String name, SecretSource source) {
        byte[] content = fetch(name, source);
        try {
            return HexText.parse(content);
        } catch (HexText.MalformedHexException e) {
            throw new ConfigException(
                    source.place(),
                    describe(name, source) + " " + e.getMessage()
                            + "; allowed are hex digits, white space, # comments");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** How messages name a secret: {@code secret "carol-moon" (file carol-moon.key)}. */
    static String describe(String name, SecretSource source) {
        String where;
        if (source instanceof SecretSource.File file) {
            where = "file " + file.path();
        } else if (source instanceof SecretSource.Environment variable) {
            where = "environment variable " + variable.variable();
        } else if (source instanceof SecretSource.Command command) {
            // The arguments may hold a password.
            where = "command " + command.arguments().get(0);
        } else {
            throw new AssertionError(source);
        }
        return "secret \"" + name + "\" (" + where + ")";
    }

    private byte[] fetch(String name, SecretSource source) {
        String secret = describe(name, source);
        if (source instanceof SecretSource.File file) {
            return file(secret, file);
        } else if (source instanceof SecretSource.Environment variable) {
            return Optional.ofNullable(environment.get(variable.variable()))
                    .map(value -> value.getBytes(StandardCharsets.UTF_8))
                    .orElseThrow(() -> new ConfigException(
                            source.place(),
                            secret + " is not set; export " + variable.variable() + " with the key in hex"));
        } else if (source instanceof SecretSource.Command command) {
            return new SecretCommand(secret, command, patience).run();
        }
        throw new AssertionError(source);
    }

    private byte[] file(String secret, SecretSource.File file) {
        Path path = file.path();
        try {
            check(secret, file);
            try (InputStream in = Files.newInputStream(path)) {
                return bounded(in, secret, file.place());
            }
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    file.place(),
                    secret + " does not exist; make it with \"xfrmctl keygen\", or copy it from the peer");
        } catch (AccessDeniedException e) {
            throw new ConfigException(file.place(), secret + " may not be read by this user; run as its owner or root");
        } catch (IOException e) {
            throw new ConfigException(file.place(), secret + " cannot be read: " + e.getMessage());
        }
    }

    private void check(String secret, SecretSource.File file) throws IOException {
        Path path = file.path();
        if (Files.isDirectory(path)) {
            throw new ConfigException(file.place(), secret + " is a directory; name a file");
        }
        Set<PosixFilePermission> foreign = EnumSet.copyOf(FOREIGN);
        foreign.retainAll(Files.getPosixFilePermissions(path));
        if (!foreign.isEmpty()) {
            int mode = (Integer) Files.getAttribute(path, "unix:mode") & 0777;
            throw new ConfigException(
                    file.place(),
                    String.format(
                            "%s has mode %04o, so others than its owner have access; allowed is 0600 or 0400; "
                                    + "run: chmod 600 %s",
                            secret, mode, path));
        }
        int owner = (Integer) Files.getAttribute(path, "unix:uid");
        if (!ownerAllowed(owner, user)) {
            throw new ConfigException(
                    file.place(),
                    secret + " belongs to user id " + owner + ", who could change it; allowed are " + user
                            + " (this user) and root; run: chown " + user + " " + path);
        }
    }

    static boolean ownerAllowed(int owner, int user) {
        return owner == user || owner == 0;
    }

    static byte[] bounded(InputStream in, String secret, Place place) throws IOException {
        byte[] content = in.readNBytes(LARGEST + 1);
        if (content.length > LARGEST) {
            Arrays.fill(content, (byte) 0);
            throw new ConfigException(place, secret + " is larger than 64 KiB; a key is some dozen bytes in hex");
        }
        return content;
    }
}
