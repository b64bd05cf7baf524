package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.command.CommandException;
import org.xfrmctl.netlink.command.HostNames;
import org.xfrmctl.netlink.command.IpCommand;
import org.xfrmctl.netlink.command.IpCommandParser;

/** Finds states and policies in a text: printed ones, which begin with {@code src} in the first column, and commands. */
final class TextReader {
    private static final Findings.Group OTHER_COMMANDS = new Findings.Group(
            "these lines are no commands of ip xfrm that add a state or a policy",
            "see whether what they do is needed");
    private static final Findings.Group SOCKETS =
            new Findings.Group("these are policies of sockets, which belong to programs", "nothing is lost");

    /** Of what the kernel makes beside an IPComp tunnel, and nobody can add. */
    private static final Pattern COMPANION = Pattern.compile("^proto (4|41|ipip|ipv6) ");

    private final SourceText source;
    private final IpCommandParser parser;
    private final Found found;
    private final Findings findings;
    private final String[] lines;
    private int next;

    TextReader(SourceText source, HostNames names, Found found, Findings findings) {
        this.source = source;
        this.parser = new IpCommandParser(names);
        this.found = found;
        this.findings = findings;
        this.lines = source.text().split("\r?\n", -1);
    }

    void read() {
        while (next < lines.length) {
            String line = lines[next];
            if (line.startsWith("src ")) {
                printed();
            } else {
                command();
            }
        }
    }

    /** What ip prints in several lines, or with -o in one, with backslashes between. */
    private void printed() {
        int begin = next;
        List<String> object = new ArrayList<>(Arrays.asList(lines[next++].split("\\\\", -1)));
        while (next < lines.length && (lines[next].startsWith("\t") || lines[next].startsWith(" "))) {
            object.add(lines[next++]);
        }
        String second = object.size() > 1 ? object.get(1).strip() : "";
        if (second.startsWith("socket ")) {
            findings.add(SOCKETS, origin(begin, "policy"));
            return;
        }
        String kind = second.startsWith("dir ") ? "policy" : "state";
        if (kind.equals("state") && COMPANION.matcher(second).find()) {
            return;
        }
        if (object.stream().noneMatch(line -> line.strip().startsWith("lifetime config:"))) {
            findings.note(source.name() + ": printed without -s, which shows limits, and whether DSCP is copied");
        }
        DumpWords words = new DumpWords(object);
        List<String> all = new ArrayList<>(List.of(kind, "add"));
        all.addAll(words.words());
        add(all, begin, words.hidesKeys());
        if (words.isOffloaded()) {
            findings.add(
                    origin(begin, kind + " " + summary(all)),
                    "offload is not in definitions yet",
                    "the CPU does it; nothing else is lost");
        }
    }

    private void command() {
        int begin = next;
        StringBuilder line = new StringBuilder(lines[next++]);
        while (line.toString().endsWith("\\") && next < lines.length) {
            line.setLength(line.length() - 1);
            line.append(' ').append(lines[next++]);
        }
        if (line.toString().startsWith("#")) {
            return;
        }
        ShellWords shell = ShellWords.of(line.toString());
        if (shell.words().isEmpty()) {
            return;
        }
        Optional<List<String>> command = IpLine.command(shell.words());
        if (command.isEmpty()) {
            findings.add(OTHER_COMMANDS, origin(begin, "line " + (begin + 1)));
        } else if (!shell.isWhole()) {
            findings.add(
                    origin(begin, "line " + (begin + 1)),
                    "only a shell could read all of it",
                    "write the values in place of variables and commands");
        } else {
            add(command.get(), begin, false);
        }
    }

    private void add(List<String> words, int line, boolean hidesKeys) {
        String name = words.get(0) + " " + summary(words);
        try {
            IpCommand command = parser.parse(words);
            if (command instanceof IpCommand.Change change) {
                Object subject = change.request().subject();
                boolean updates = change.request().verb().startsWith("update");
                if (subject instanceof XfrmState state) {
                    found.add(new Found.State(state, origin(line, name), hidesKeys), updates, findings);
                    return;
                }
                if (subject instanceof XfrmPolicy policy) {
                    found.add(new Found.Policy(policy, origin(line, name)), updates, findings);
                    return;
                }
            }
            findings.add(OTHER_COMMANDS, origin(line, "line " + (line + 1)));
        } catch (CommandException e) {
            findings.add(origin(line, name), "it cannot be read: " + e.problem(), "mend the line, or leave it out");
        }
    }

    /** Between whom, without what may be a key. */
    private static String summary(List<String> words) {
        List<String> shown = new ArrayList<>();
        for (int i = 2; i + 1 < words.size() && shown.size() < 6; i++) {
            if (List.of("src", "dst", "dir", "spi").contains(words.get(i))) {
                shown.add(words.get(i) + " " + words.get(i + 1));
                i++;
            }
        }
        return String.join(" ", shown.subList(0, Math.min(shown.size(), 3)));
    }

    private Origin origin(int line, String name) {
        return new Origin(source.place(line + 1, 1), name.strip());
    }
}
