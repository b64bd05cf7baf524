package org.xfrmctl.cli;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.xfrmctl.manager.migrate.ImportFormat;
import org.xfrmctl.manager.migrate.draft.SourceText;

/** What the files of an import look like, where nobody says what they are. */
final class FormatGuess {
    private static final Pattern DEFINITION = Pattern.compile(
            "^(connections|interfaces|secrets):\\s*$|^\\{\\s*\"(connections|interfaces|secrets)\"", Pattern.MULTILINE);

    private FormatGuess() {}

    /**
     * The one format that all have signs of.
     *
     * @throws CommandFailedException if there is none, or more than one
     */
    static ImportFormat of(List<SourceText> texts) {
        ImportFormat first = of(texts.get(0));
        for (SourceText text : texts) {
            ImportFormat next = of(text);
            if (next != first) {
                throw new CommandFailedException(
                        text.name() + " looks like " + next.title() + ", and "
                                + texts.get(0).name() + " like " + first.title(),
                        "import one after the other, or say what both are with --format");
            }
        }
        return first;
    }

    private static ImportFormat of(SourceText text) {
        List<ImportFormat> signs = ImportFormat.signsIn(text.text());
        if (signs.size() == 1) {
            return signs.get(0);
        }
        if (signs.isEmpty() && DEFINITION.matcher(text.text()).find()) {
            throw new CommandFailedException(
                    text.name() + " looks like a definition of xfrmctl already", "use it as it is: -f " + text.name());
        }
        String found = signs.isEmpty()
                ? " looks like none of swanctl.conf, ipsec.conf and ip xfrm"
                : " looks like " + signs.stream().map(ImportFormat::title).collect(Collectors.joining(" and like "));
        throw new CommandFailedException(text.name() + found, "say what it is with --format swanctl, ipsec or ip-xfrm");
    }
}
