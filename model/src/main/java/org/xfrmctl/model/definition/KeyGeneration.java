package org.xfrmctl.model.definition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.xfrmctl.model.Key;

/** Makes keys. Both ends need the same files: make them at one end and copy them to the other. */
public final class KeyGeneration {
    private static final int LONGEST = 1024;

    private final SecureRandom random;

    public KeyGeneration(SecureRandom random) {
        this.random = random;
    }

    public Key generate(int bytes) {
        byte[] material = new byte[bytes];
        random.nextBytes(material);
        try {
            return Key.of(material);
        } finally {
            Arrays.fill(material, (byte) 0);
        }
    }

    /**
     * How many bytes a key takes that is asked for as {@code aes128gcm16} or as a number.
     *
     * @throws IllegalArgumentException with what is allowed
     */
    public static int length(String proposalOrBytes) {
        if (proposalOrBytes.matches("[1-9][0-9]{0,3}") && Integer.parseInt(proposalOrBytes) <= LONGEST) {
            return Integer.parseInt(proposalOrBytes);
        }
        return EspProposals.named(proposalOrBytes)
                .map(EspProposal::keyBytes)
                .orElseThrow(() -> new IllegalArgumentException(Node.Scalar.quote(proposalOrBytes)
                        + " is no suite and no length; allowed are 1 to " + LONGEST + " bytes or one of "
                        + String.join(", ", EspProposals.names())));
    }

    /** Writes a key file for every secret whose {@code file:} does not exist, and gives those it made. Others stay. */
    public List<Path> createMissing(Definition definition) {
        Problems problems = new Problems();
        List<Path> made = new ArrayList<>();
        definition
                .children()
                .forEach(child -> child.sas().secrets(child.transform().esp()).forEach(use -> {
                    if (definition.secrets().get(use.name()) instanceof SecretSource.File file
                            && problems.attempt(() -> create(use.name(), file, use.bytes()))
                                    .orElse(false)) {
                        made.add(file.path());
                    }
                }));
        problems.throwIfAny();
        return List.copyOf(made);
    }

    private boolean create(String name, SecretSource.File file, int bytes) {
        if (Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (Key key = generate(bytes)) {
            write(file.path(), key);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false; // Someone else was faster; his key stays.
        } catch (IOException e) {
            throw new ConfigException(
                    file.place(),
                    SecretReader.describe(name, file) + " cannot be written: " + e.getMessage()
                            + "; check that the directory exists and may be written to");
        }
    }

    /**
     * Creates the file with mode 0600 in the one system call that makes it, so that nobody can open it before, and
     * never overwrites: {@code O_CREAT | O_EXCL}.
     */
    public static void write(Path path, Key key) throws IOException {
        byte[] line = (key.revealHex() + "\n").getBytes(StandardCharsets.US_ASCII);
        try (SeekableByteChannel channel = Files.newByteChannel(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            writeFully(path, channel, ByteBuffer.wrap(line));
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    private static void writeFully(Path path, SeekableByteChannel channel, ByteBuffer line) throws IOException {
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
        } catch (IOException e) {
            Files.delete(path); // Half a key would be kept by the next run.
            throw e;
        }
    }
}
