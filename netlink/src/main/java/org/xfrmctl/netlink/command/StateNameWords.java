package org.xfrmctl.netlink.command;

import java.util.List;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** {@code state delete} and {@code state get}. */
final class StateNameWords {
    static final List<String> KNOWN = List.of("src", "dst", "proto", "spi", "mark");

    private StateNameWords() {}

    static IpCommand delete(Words words, HostNames host) {
        return new IpCommand.Change(XfrmRequests.deleteState(key(words)));
    }

    static IpCommand get(Words words, HostNames host) {
        return new IpCommand.GetState(key(words));
    }

    private static StateKey key(Words words) {
        IdWords id = new IdWords(words, words.family());
        Mark mark = Mark.NONE;
        while (words.hasNext()) {
            String word = words.take();
            if (word.equals("mark")) {
                mark = MarkWords.ofKey(words);
            } else if (!id.read(word)) {
                throw words.unknown("a word that names a state", KNOWN);
            }
        }
        id.needProtocol();
        return new StateKey(id.id(Family.INET), id.source(Family.INET), mark);
    }
}
