package org.xfrmctl.netlink.command;

import java.util.List;
import org.xfrmctl.model.Mode;

/** The mode of a state or template, which may be abbreviated; the first that begins so is meant. */
final class ModeWord {
    private static final List<Mode> MODES =
            List.of(Mode.TRANSPORT, Mode.TUNNEL, Mode.ROUTE_OPTIMIZATION, Mode.IN_TRIGGER, Mode.BEET, Mode.IPTFS);
    static final List<String> NAMES = MODES.stream().map(Mode::toString).toList();

    private ModeWord() {}

    static Mode read(Words words) {
        String text = words.argument("mode is one of " + String.join(", ", NAMES));
        for (int i = 0; i < NAMES.size(); i++) {
            if (!text.isEmpty() && NAMES.get(i).startsWith(text)) {
                return MODES.get(i);
            }
        }
        throw words.unknown("mode", NAMES);
    }
}
