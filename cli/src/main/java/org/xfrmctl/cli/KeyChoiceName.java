package org.xfrmctl.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.xfrmctl.manager.migrate.draft.KeyChoice;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of where the keys of what is imported come from. */
final class KeyChoiceName implements ITypeConverter<KeyChoice>, Iterable<String> {
    private static final List<String> NAMES =
            Arrays.stream(KeyChoice.values()).map(KeyChoice::toString).toList();

    @Override
    public KeyChoice convert(String name) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new TypeConversionException("\"" + name + "\" is none of " + String.join(", ", NAMES));
        }
        return KeyChoice.values()[index];
    }

    @Override
    public Iterator<String> iterator() {
        return NAMES.iterator();
    }
}
