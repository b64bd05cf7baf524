package org.xfrmctl.it.differential;

import org.xfrmctl.model.Key;
import org.xfrmctl.netlink.command.BatchFile;
import org.xfrmctl.netlink.command.HostNames;
import org.xfrmctl.netlink.command.IpCommandParser;
import org.xfrmctl.netlink.command.ProtocolNumbers;
import org.xfrmctl.netlink.message.Request;

/** Requests in the words of {@code ip xfrm}, for a sequence that is written by hand. */
final class RequestWords {
    private static final HostNames NAMES =
            new HostNames(RequestWords::index, ProtocolNumbers.builtIn()::numberOf, RequestWords::key);

    private RequestWords() {}

    /** The name is that of the sequence. */
    static Request read(String name, String line) {
        return BatchFile.read(name, line, new IpCommandParser(NAMES)).get(0).request();
    }

    private static int index(String name) {
        return name.equals("wire") ? Subject.WIRE : 0;
    }

    private static Key key(String file) {
        throw new IllegalArgumentException("a sequence has its keys in itself, not in " + file);
    }
}
