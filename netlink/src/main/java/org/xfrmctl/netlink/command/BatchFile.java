package org.xfrmctl.netlink.command;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.ConfigException.Problem;
import org.xfrmctl.model.definition.Place;
import org.xfrmctl.netlink.message.Request;

/** Reads a file of commands, one a line, of which every one is a change. */
public final class BatchFile {
    /** Who has more problems than these has one problem. */
    private static final int MOST_PROBLEMS = 50;

    private final BatchLines lines;
    private final IpCommandParser parser;
    private final LineWords words = new LineWords();
    private final List<Line> changes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private int unshown;

    /**
     * A change and where it stands.
     *
     * @param number of the line in which it begins
     */
    public record Line(int number, Request request) {}

    private BatchFile(String name, String text, IpCommandParser parser) {
        this.lines = new BatchLines(name, text);
        this.parser = parser;
    }

    /**
     * Reads the whole text.
     *
     * @param name what problems call the file
     * @throws ConfigException if one line or more is no change; it tells the first 50 problems and counts the others
     */
    public static List<Line> read(String name, String text, IpCommandParser parser) {
        BatchFile file = new BatchFile(name, text, parser);
        file.read();
        return file.changes;
    }

    private void read() {
        boolean more = true;
        while (more) {
            more = readLine();
        }
        if (unshown > 0) {
            Place last = problems.get(problems.size() - 1).place();
            problems.add(new Problem(last, "and " + unshown + " more after this one"));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private boolean readLine() {
        if (!lines.advance()) {
            return false;
        }
        if (lines.isCutOff()) {
            problem(
                    lines.place(lines.line().length()),
                    "the file ends where a backslash continues this line; add the rest");
            return true;
        }
        try {
            words.read(lines.line());
            if (!words.words().isEmpty()) {
                readCommand();
            }
        } catch (CommandException e) {
            problem(lines.place(words.place(e.word())), e.problem());
        }
        return true;
    }

    private void readCommand() {
        IpCommand command = parser.parse(words.words());
        if (command instanceof IpCommand.Change change) {
            changes.add(new Line(lines.number(), change.request()));
            return;
        }
        boolean deletion = command instanceof IpCommand.DeleteStates || command instanceof IpCommand.DeletePolicies;
        problem(
                lines.place(words.place(1)),
                deletion
                        ? "deleteall asks the kernel what there is, and a batch only sends; allowed are flush and delete"
                        : "this changes nothing, and a batch only sends changes; ask with \"xfrmctl state\" or "
                                + "\"xfrmctl policy\"");
    }

    private void problem(Place place, String text) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(new Problem(place, text));
        } else {
            unshown++;
        }
    }
}
