package org.xfrmctl.manager.migrate.draft;

import java.util.List;

/** Where includes find their files. */
@FunctionalInterface
public interface SourceFiles {
    /** No file is ever found. */
    SourceFiles NONE = (pattern, from) -> List.of();

    /**
     * The files that a pattern means, with {@code *}, {@code ?} and the like in it, in the order of their names.
     *
     * @param from the text that includes them: a relative pattern starts in its directory
     * @throws org.xfrmctl.model.definition.ConfigException if one is no text
     * @throws java.io.UncheckedIOException if one cannot be read
     */
    List<SourceText> matching(String pattern, SourceText from);
}
