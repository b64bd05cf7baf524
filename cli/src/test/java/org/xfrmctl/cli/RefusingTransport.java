package org.xfrmctl.cli;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;

/**
 * Answers the n-th request that would change something with a refusal, or every rehearsal; everything else goes to the
 * kernel behind it.
 */
final class RefusingTransport implements NetlinkTransport {
    private static final int REHEARSALS = 0;

    private final NetlinkTransport kernel;
    private final int refused;
    private final ErrorMessage refusal;
    private final Deque<ByteBuffer> answers = new ArrayDeque<>();
    private int changes;

    /** Refuses rehearsals, and no changes. */
    static RefusingTransport ofRehearsals(NetlinkTransport kernel, Errno errno, String text) {
        return new RefusingTransport(kernel, REHEARSALS, errno, Optional.of(text));
    }

    /** Counts from 1. */
    RefusingTransport(NetlinkTransport kernel, int refused, Errno errno, Optional<String> text) {
        this.kernel = kernel;
        this.refused = refused;
        this.refusal = ErrorMessage.of(errno, text);
    }

    @Override
    public int portId() {
        return kernel.portId();
    }

    @Override
    public void send(ByteBuffer datagram) {
        for (NetlinkMessage request : NetlinkMessage.split(datagram.duplicate().order(datagram.order()))) {
            if (isRefused(request)) {
                MessageWriter answer = new MessageWriter(datagram.order());
                refusal.write(request, portId(), true, answer);
                answers.add(answer.datagram());
            } else {
                kernel.send(request.bytes().duplicate().order(datagram.order()));
            }
        }
    }

    private boolean isRefused(NetlinkMessage request) {
        if (isRehearsal(request)) {
            return refused == REHEARSALS;
        }
        return !request.has(Netlink.NLM_F_DUMP) && ++changes == refused;
    }

    /** An update that can find nothing changes nothing. */
    private static boolean isRehearsal(NetlinkMessage request) {
        return request.type() == XfrmMsg.UPDSA
                && request.body(XfrmUsersaInfo.CODEC).id().spi() == 0;
    }

    @Override
    public ByteBuffer receive() {
        return answers.isEmpty() ? kernel.receive() : answers.remove();
    }

    @Override
    public Optional<ByteBuffer> receiveNow() {
        return answers.isEmpty() ? kernel.receiveNow() : Optional.of(answers.remove());
    }

    @Override
    public OptionalInt sender() {
        return kernel.sender();
    }

    @Override
    public void listenToAllNamespaces() {
        kernel.listenToAllNamespaces();
    }

    @Override
    public void join(int group) {
        kernel.join(group);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
