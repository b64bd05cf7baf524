package org.xfrmctl.model.definition;

import java.nio.file.Path;
import java.util.List;

/** Where a secret comes from. Its content is hex digits, white space and {@code #} comments apart. */
public sealed interface SecretSource {
    Place place();

    /** {@code file: PATH}, relative to the definition: owned by the caller or root, readable by nobody else. */
    record File(Path path, Place place) implements SecretSource {}

    /** {@code env: NAME}: an environment variable. */
    record Environment(String variable, Place place) implements SecretSource {}

    /** {@code command: [PROGRAM, ARG…]}: the program's standard output. */
    record Command(List<String> arguments, Place place) implements SecretSource {
        public Command {
            arguments = List.copyOf(arguments);
        }
    }
}
