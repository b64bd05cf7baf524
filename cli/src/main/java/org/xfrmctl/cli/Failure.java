package org.xfrmctl.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.manager.apply.ApplyException;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.netlink.NetlinkException;

/** Turns what went wrong into lines for a person: the first says what, the others why and what to do. */
final class Failure {
    private Failure() {}

    /** The lines for standard error. What is not foreseen shows its stack trace, for it is a defect to be reported. */
    static List<String> describe(Throwable failure) {
        if (failure instanceof ConfigException config) {
            return config.problems().stream()
                    .map(ConfigException.Problem::toString)
                    .toList();
        }
        if (failure instanceof NetlinkException refusal) {
            return refusal(refusal);
        }
        if (failure instanceof PlanConflictException conflict) {
            List<String> lines = new ArrayList<>();
            lines.add("xfrmctl: nothing was changed: the kernel holds what the definition would collide with");
            conflict.conflicts().forEach(line -> lines.add("  " + line));
            return lines;
        }
        if (failure instanceof ApplyException apply) {
            return apply(apply);
        }
        if (failure instanceof UncheckedIOException io) {
            return List.of("xfrmctl: " + io.getMessage());
        }
        if (failure instanceof IOException io) {
            return List.of("xfrmctl: " + io);
        }
        return unforeseen(failure);
    }

    private static List<String> refusal(NetlinkException refusal) {
        List<String> lines = new ArrayList<>();
        lines.add("xfrmctl: " + refusal.getMessage());
        refusal.hint().ifPresent(hint -> lines.add("  " + hint));
        return lines;
    }

    private static List<String> apply(ApplyException apply) {
        List<String> lines = new ArrayList<>();
        lines.add("xfrmctl: " + apply.getMessage());
        if (apply.getCause() instanceof NetlinkException refusal) {
            refusal.hint().ifPresent(hint -> lines.add("  " + hint));
        }
        return lines;
    }

    private static List<String> unforeseen(Throwable failure) {
        List<String> lines = new ArrayList<>();
        lines.add("xfrmctl: a defect in xfrmctl itself: " + failure);
        for (StackTraceElement element : failure.getStackTrace()) {
            lines.add("    at " + element);
        }
        return lines;
    }
}
