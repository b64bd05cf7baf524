package org.xfrmctl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.xfrmctl.cli.firewall.NftException;
import org.xfrmctl.cli.lab.namespace.CommandFailure;
import org.xfrmctl.cli.render.Count;
import org.xfrmctl.cli.snapshot.SnapshotException;
import org.xfrmctl.manager.apply.ApplyException;
import org.xfrmctl.manager.apply.RehearsalException;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.link.LinkRunException;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.route.RouteRunException;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.NativeAccessException;

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
        if (failure instanceof SnapshotException snapshot) {
            return List.of("xfrmctl: " + snapshot.getMessage(), "  " + snapshot.advice());
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
        if (failure instanceof RehearsalException rehearsal) {
            return rehearsal(rehearsal);
        }
        if (failure instanceof ApplyException apply) {
            return apply(apply);
        }
        if (failure instanceof LinkRunException link) {
            return link(link);
        }
        if (failure instanceof RouteRunException route) {
            return route(route);
        }
        if (failure instanceof JournalException journal) {
            return List.of("xfrmctl: " + journal.getMessage());
        }
        if (failure instanceof CommandFailedException failed) {
            List<String> lines = new ArrayList<>(List.of("xfrmctl: " + failed.getMessage()));
            failed.advice().forEach(line -> lines.add("  " + line));
            return lines;
        }
        if (failure instanceof CommandFailure command) {
            return command(command);
        }
        if (failure instanceof NftException nft) {
            List<String> lines = new ArrayList<>(List.of("xfrmctl: " + nft.getMessage()));
            nft.lines().forEach(line -> lines.add("  " + line));
            return lines;
        }
        if (failure instanceof UncheckedIOException io) {
            return List.of("xfrmctl: " + file(Objects.requireNonNull(io.getCause())));
        }
        if (failure instanceof IOException io) {
            return List.of("xfrmctl: " + file(io));
        }
        if (failure instanceof InvalidPathException path) {
            return List.of("xfrmctl: " + unnameable(path));
        }
        if (failure instanceof NativeAccessException) {
            return List.of("xfrmctl: " + failure.getMessage());
        }
        return unforeseen(failure);
    }

    private static List<String> refusal(NetlinkException refusal) {
        List<String> lines = new ArrayList<>();
        lines.add("xfrmctl: " + refusal.getMessage());
        refusal.advice().forEach(line -> lines.add("  " + line));
        return lines;
    }

    /** What several states lack is told once. */
    private static List<String> rehearsal(RehearsalException rehearsal) {
        List<String> lines = new ArrayList<>();
        lines.add("xfrmctl: nothing was changed: this kernel cannot do what the definition needs");
        Set<String> advice = new LinkedHashSet<>();
        for (NetlinkException refusal : rehearsal.refusals()) {
            lines.add("  " + refusal.getMessage());
            advice.addAll(refusal.advice());
        }
        advice.forEach(line -> lines.add("  " + line));
        unwritten(rehearsal, lines);
        return lines;
    }

    private static List<String> link(LinkRunException link) {
        List<String> lines = new ArrayList<>(describe(link.refusal()));
        String undone = link.isBehindChildren()
                ? "  the states and policies are there all the same, without what was to change of the interfaces"
                : "  nothing is left behind";
        lines.add(link.remains().isEmpty() ? undone : "  not all could be undone:");
        link.remains().forEach(remains -> lines.add("  NOT undone: " + remains));
        return lines;
    }

    private static List<String> route(RouteRunException route) {
        List<String> lines = new ArrayList<>(describe(route.refusal()));
        lines.add("  all else of the run was done; without this route mtu and mss take no effect");
        route.remains().forEach(remains -> lines.add("  NOT undone: " + remains));
        return lines;
    }

    /** The run could not be written down as ended, either. */
    private static void unwritten(RuntimeException failure, List<String> lines) {
        for (Throwable also : failure.getSuppressed()) {
            lines.add("  and the run counts as interrupted: " + also.getMessage());
        }
    }

    private static List<String> apply(ApplyException apply) {
        List<String> lines = new ArrayList<>();
        if (apply.refusal().isPresent()) {
            lines.addAll(refusal(apply.refusal().get()));
        } else {
            lines.add("xfrmctl: " + apply.getMessage());
        }
        ApplyException.Rollback rollback = apply.rollback();
        if (rollback.isComplete()) {
            int undone = rollback.undone().size();
            lines.add("  nothing is left behind: "
                    + (undone == 0
                            ? "this was the first change"
                            : Count.of(undone, "other change was", "other changes were") + " undone"));
        }
        rollback.remains().forEach(remains -> lines.add("  NOT undone: " + remains));
        unwritten(apply, lines);
        return lines;
    }

    /** A lab's command: its name and exit status, then what it wrote. */
    private static List<String> command(CommandFailure failure) {
        List<String> lines = new ArrayList<>();
        String[] text = String.valueOf(failure.getMessage()).split("\n", -1);
        lines.add("xfrmctl: " + text[0]);
        Arrays.stream(text).skip(1).forEach(line -> lines.add("  " + line));
        lines.add("  the kernel backend needs root and the packages iproute2, iputils-ping and tcpdump;"
                + " \"--backend userspace\" needs neither");
        return lines;
    }

    /** Java's own texts are often no more than the file's name. */
    private static String file(IOException failure) {
        if (!(failure instanceof FileSystemException file)) {
            return String.valueOf(failure.getMessage());
        }
        String reason = failure instanceof NoSuchFileException
                ? "there is no such file or directory"
                : failure instanceof AccessDeniedException
                        ? "this user may not do that"
                        : failure instanceof FileAlreadyExistsException
                                ? "it exists already"
                                : String.valueOf(file.getReason());
        return file.getFile() + ": " + reason;
    }

    /** Java names files in the charset of the locale, and has none for others. */
    static String unnameable(InvalidPathException path) {
        return "this locale has no name for the file " + path.getInput() + ": set LC_ALL=C.UTF-8";
    }

    private static List<String> unforeseen(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        List<String> lines = new ArrayList<>();
        lines.add("xfrmctl: a defect in xfrmctl itself, please report it with these lines");
        trace.toString().lines().forEach(line -> lines.add("  " + line));
        return lines;
    }
}
