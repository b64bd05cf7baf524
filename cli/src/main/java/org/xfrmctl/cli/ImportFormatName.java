package org.xfrmctl.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.xfrmctl.manager.migrate.ImportFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of what {@code import} reads. */
final class ImportFormatName implements ITypeConverter<ImportFormat>, Iterable<String> {
    private static final List<String> NAMES =
            Arrays.stream(ImportFormat.values()).map(ImportFormat::toString).toList();

    @Override
    public ImportFormat convert(String name) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new TypeConversionException("\"" + name + "\" is none of " + String.join(", ", NAMES));
        }
        return ImportFormat.values()[index];
    }

    @Override
    public Iterator<String> iterator() {
        return NAMES.iterator();
    }
}
