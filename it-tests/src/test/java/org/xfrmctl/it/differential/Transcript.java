package org.xfrmctl.it.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.DumpFilter;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** What a kernel with empty tables does with a sequence of requests, line by line. */
final class Transcript {
    private static final int LENGTH = 12;
    /** Of so many requests one is spoiled. */
    private static final int SPOILED = 4;
    /** The question behind each request, whose ack says that all answers have come. */
    private static final int BARRIER = 0x5eed;

    private final NetlinkTransport socket;
    private final NetlinkTransport listener;
    private final Normalized normalized = new Normalized();
    private final List<String> lines = new ArrayList<>();

    private Transcript(NetlinkTransport socket, NetlinkTransport listener) {
        this.socket = socket;
        this.listener = listener;
    }

    /**
     * Runs the sequence of a seed.
     *
     * @param listener a member of every group, for which nothing waits
     * @param settle waits until the kernel has done what it does later
     */
    static List<String> of(long seed, NetlinkTransport socket, NetlinkTransport listener, Runnable settle) {
        Transcript transcript = new Transcript(socket, listener);
        Random random = new Random(seed);
        RandomRequests requests = new RandomRequests(random);
        Spoiler spoiler = new Spoiler(random);
        for (int i = 0; i < LENGTH; i++) {
            Request request = requests.next();
            byte[] bytes = bytes(request);
            settle.run();
            boolean spoiled = random.nextInt(SPOILED) == 0;
            transcript.lines.add((spoiled ? "? " : "> ") + request.description());
            transcript.send(spoiled ? spoiler.spoil(bytes) : bytes);
        }
        settle.run();
        transcript.lines.add("# states");
        transcript.send(bytes(XfrmRequests.listStates(DumpFilter.NONE)));
        transcript.lines.add("# policies");
        transcript.send(bytes(XfrmRequests.listPolicies()));
        transcript.lines.add("# counts");
        transcript.send(bytes(XfrmRequests.countStates()));
        transcript.send(bytes(XfrmRequests.countPolicies()));
        transcript.send(bytes(XfrmRequests.getDefaults()));
        return transcript.lines;
    }

    private static byte[] bytes(Request request) {
        MessageWriter out = new MessageWriter();
        boolean list = request.verb().startsWith("list");
        int flags = Netlink.NLM_F_REQUEST | (list ? Netlink.NLM_F_DUMP : Netlink.NLM_F_ACK) | request.flags();
        out.begin(request.type(), flags, 1, 0);
        request.body().accept(out);
        ByteBuffer datagram = out.end().datagram();
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        return bytes;
    }

    private void send(byte[] request) {
        socket.send(ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()));
        int flags = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).getShort(6);
        boolean dump = (flags & Netlink.NLM_F_DUMP) == Netlink.NLM_F_DUMP;
        if (dump) {
            while (!answers(Netlink.NLMSG_DONE)) {
                // One datagram after the other.
            }
        } else {
            MessageWriter barrier = new MessageWriter();
            barrier.begin(XfrmMsg.GETSADINFO, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK, BARRIER, 0)
                    .bodyU32(0);
            socket.send(barrier.end().datagram());
            while (!answers(BARRIER)) {
                // One datagram after the other.
            }
        }
        events();
    }

    /** Whether the last answer was there: that to the barrier, or the end of a dump or its refusal. */
    private boolean answers(int last) {
        boolean done = false;
        for (NetlinkMessage message : NetlinkMessage.split(socket.receive())) {
            if (message.sequence() == BARRIER) {
                done |= message.type() == Netlink.NLMSG_ERROR;
            } else {
                lines.add("  < " + normalized.text(message));
                done |= last == Netlink.NLMSG_DONE
                        && (message.type() == Netlink.NLMSG_DONE || message.type() == Netlink.NLMSG_ERROR);
            }
        }
        return done;
    }

    private void events() {
        Optional<ByteBuffer> datagram = listener.receiveNow();
        while (datagram.isPresent()) {
            for (NetlinkMessage message : NetlinkMessage.split(datagram.get())) {
                lines.add("  * " + normalized.text(message));
            }
            datagram = listener.receiveNow();
        }
    }
}
