package org.xfrmctl.datapath.kernel;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.xfrmctl.netlink.message.ErrorMessage;
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
    private boolean empty = true;

    DumpWriter(KernelSocket socket, NetlinkMessage request) {
        this.socket = socket;
        this.request = request;
        this.writer = new MessageWriter(request.bytes().order());
    }

    /** Whether nothing was added. */
    boolean isEmpty() {
        return empty;
    }

    void add(int type, Consumer<MessageWriter> content) {
        empty = false;
        if (writer.length() >= FULL) {
            socket.replyOfDump(writer.datagram());
            writer = new MessageWriter(request.bytes().order());
        }
        begin(type, 0);
        content.accept(writer);
        writer.end();
    }

    /** Ends the dump; an error is told here, by number and text, and in no acknowledgement. */
    void done(ErrorMessage outcome) {
        if (writer.length() > 0) {
            socket.replyLastOfDump(writer.datagram());
            writer = new MessageWriter(request.bytes().order());
        } else {
            socket.endDump();
        }
        begin(Netlink.NLMSG_DONE, outcome.text().isPresent() ? Netlink.NLM_F_ACK_TLVS : 0);
        writer.bodyU32(-outcome.errno());
        outcome.text()
                .ifPresent(text ->
                        writer.attribute(Netlink.NLMSGERR_ATTR_MSG, (text + '\0').getBytes(StandardCharsets.US_ASCII)));
        socket.replyOfDump(writer.end().datagram());
    }

    private void begin(int type, int flags) {
        writer.begin(type, Netlink.NLM_F_MULTI | flags, request.sequence(), socket.portId());
    }
}
