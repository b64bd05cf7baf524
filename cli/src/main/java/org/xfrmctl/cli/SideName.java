package org.xfrmctl.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.xfrmctl.manager.migrate.draft.Side;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of the sides of ipsec.conf. */
final class SideName implements ITypeConverter<Side>, Iterable<String> {
    private static final List<String> NAMES =
            Arrays.stream(Side.values()).map(Side::toString).toList();

    @Override
    public Side convert(String name) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new TypeConversionException("\"" + name + "\" is none of " + String.join(", ", NAMES));
        }
        return Side.values()[index];
    }

    @Override
    public Iterator<String> iterator() {
        return NAMES.iterator();
    }
}
