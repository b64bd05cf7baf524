package org.xfrmctl.manager.migrate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.xfrmctl.manager.migrate.draft.SourceFiles;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Place;

/** The files of this machine, for what is imported and for what that includes. */
public final class FilesHere implements SourceFiles {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    @Override
    public List<SourceText> matching(String pattern, SourceText from) {
        try {
            Path path = Path.of(from.name()).resolveSibling(pattern);
            Path directory = Optional.ofNullable(path.getParent()).orElse(Path.of(""));
            Path name = Optional.ofNullable(path.getFileName()).orElse(path);
            // As glob(3): braces are themselves, and * does not stand for a dot in front.
            String glob = name.toString().replaceAll("[{}]", "\\\\$0");
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
            if (!Files.isDirectory(directory)) {
                return List.of();
            }
            try (Stream<Path> all = Files.list(directory)) {
                return all.filter(each -> matcher.matches(each.getFileName()) && Files.isRegularFile(each))
                        .filter(each -> glob.startsWith(".")
                                || !each.getFileName().toString().startsWith("."))
                        .sorted()
                        .map(FilesHere::read)
                        .toList();
            }
        } catch (InvalidPathException | PatternSyntaxException e) {
            return List.of(); // No file has such a name; that nothing was found is told.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException if it is no text
     * @throws UncheckedIOException if it cannot be read
     */
    public static SourceText read(Path file) {
        try {
            return text(file.toString(), Files.readAllBytes(file));
        } catch (FileSystemException e) {
            throw new UncheckedIOException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(new FileSystemException(file.toString(), null, e.getMessage()));
        }
    }

    /**
     * Bytes as a text.
     *
     * @throws ConfigException if they are none
     */
    public static SourceText text(String name, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SourceText(name, text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            throw new ConfigException(
                    new Place(name, 1, 1, ""), "this is no text in UTF-8; save it as one, or name another file");
        }
    }
}
