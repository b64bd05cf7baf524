package org.xfrmctl.netlink.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;

/** {@code state list} and {@code state deleteall}; {@code if_id}, {@code mark} and {@code dir} are words of ours. */
final class StateMatchWords {
    static final List<String> KNOWN =
            List.of("nokeys", "src", "dst", "proto", "spi", "mode", "reqid", "flag", "if_id", "mark", "dir");

    private final Words words;
    private final IdWords id;
    private boolean hidesKeys;
    private Optional<Mode> mode = Optional.empty();
    private Optional<Reqid> reqid = Optional.empty();
    private OptionalInt flags = OptionalInt.empty();
    private Optional<IfId> ifId = Optional.empty();
    private Optional<MarkMatch> mark = Optional.empty();
    private Optional<SaDirection> direction = Optional.empty();

    private StateMatchWords(Words words) {
        this.words = words;
        this.id = new IdWords(words, words.family());
    }

    static IpCommand list(Words words, HostNames host) {
        StateMatchWords read = new StateMatchWords(words);
        StateMatch match = read.read();
        return new IpCommand.ListStates(match, read.hidesKeys);
    }

    static IpCommand deleteAll(Words words, HostNames host) {
        return new IpCommand.DeleteStates(new StateMatchWords(words).read());
    }

    private StateMatch read() {
        while (words.hasNext()) {
            String word = words.take();
            switch (word) {
                case "nokeys" -> hidesKeys = true;
                case "mode" -> mode = Optional.of(ModeWord.read(words));
                case "reqid" -> reqid = Optional.of(new Reqid(words.u32(word)));
                case "flag" -> flags = OptionalInt.of(FlagWords.OF_STATE.read(words, flags.orElse(0)));
                case "if_id" -> ifId = Optional.of(new IfId(words.u32(word)));
                case "mark" -> mark = Optional.of(MarkWords.match(words));
                case "dir" -> direction = Optional.of(PlacementWords.direction(words));
                default -> {
                    if (!id.read(word)) {
                        throw words.unknown("a word that chooses states", KNOWN);
                    }
                }
            }
        }
        return new StateMatch(id.match(), mode, reqid, flags, new StateMatch.Owner(ifId, mark, direction));
    }
}
