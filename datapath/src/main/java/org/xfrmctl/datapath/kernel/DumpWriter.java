package org.xfrmctl.datapath.kernel;

import java.util.function.Consumer;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Netlink;

/**
 * The answer to a dump: datagrams of about 32 KiB, then {@code NLMSG_DONE} in one of its own. It is made whole when the
 * request is handled, and so, unlike a kernel's, shows one moment.
 */
final class DumpWriter {
    /** The buffer of a kernel that knows its reader takes large datagrams. */
    private static final int FULL = 32_000;

    private final KernelSocket socket;
    private final NetlinkMessage request;
    private MessageWriter writer;

    DumpWriter(KernelSocket socket, NetlinkMessage request) {
        this.socket = socket;
        this.request = request;
        this.writer = new MessageWriter(request.bytes().order());
    }

    void add(int type, Consumer<MessageWriter> content) {
        if (writer.length() >= FULL) {
            socket.reply(writer.datagram());
            writer = new MessageWriter(request.bytes().order());
        }
        begin(type);
        content.accept(writer);
        writer.end();
    }

    /** Ends the dump; an error is told here and in no acknowledgement. */
    void done(int error) {
        if (writer.length() > 0) {
            socket.replyLastOfDump(writer.datagram());
            writer = new MessageWriter(request.bytes().order());
        } else {
            socket.endDump();
        }
        begin(Netlink.NLMSG_DONE);
        socket.reply(writer.bodyU32(-error).end().datagram());
    }

    private void begin(int type) {
        writer.begin(type, Netlink.NLM_F_MULTI, request.sequence(), socket.portId());
    }
}
