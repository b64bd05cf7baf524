package org.xfrmctl.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.xfrmctl.manager.plan.Goal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A {@link Goal} by the name of the command that has it. */
final class GoalName implements ITypeConverter<Goal>, Iterable<String> {
    private static final List<String> NAMES =
            Arrays.stream(Goal.values()).map(Goal::toString).toList();

    @Override
    public Goal convert(String name) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new TypeConversionException("\"" + name + "\" is none of " + String.join(", ", NAMES));
        }
        return Goal.values()[index];
    }

    @Override
    public Iterator<String> iterator() {
        return NAMES.iterator();
    }
}
