package org.xfrmctl.bench.speed;

import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Reads a table once, as values, and ends. For {@link SmallHeap}. */
final class StreamedDump {
    private StreamedDump() {}

    /** The table's word, and how many entries it must have. */
    public static void main(String[] arguments) {
        Subject subject = Subject.of(arguments[0]);
        try (XfrmClient client = new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM))) {
            Tally.require(Integer.parseInt(arguments[1]), subject.dump(client), subject.plural());
        }
    }
}
