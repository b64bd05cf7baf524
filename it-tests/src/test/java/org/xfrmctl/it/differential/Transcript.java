package org.xfrmctl.it.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.xfrm.DumpFilter;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** What a kernel with empty tables does with a sequence, line by line. */
final class Transcript {
    /** The question behind each request, whose ack says that all answers have come. */
    private static final int BARRIER = 0x5eed;

    private final Subject subject;
    private final Normalized normalized = new Normalized();
    private final KnownStates states = new KnownStates();
    private final List<String> lines = new ArrayList<>();
    /** What the tables held when last looked at after a packet: only changes are told. */
    private final Set<String> held = new HashSet<>();

    private Map<XfrmCounter, Long> counters;

    private Transcript(Subject subject) {
        this.subject = subject;
        this.counters = subject.statistics();
    }

    /** Runs the sequence. */
    static List<String> of(Sequence sequence, Subject subject) {
        Transcript transcript = new Transcript(subject);
        for (Step step : sequence.steps()) {
            transcript.lines.add("> " + step.text());
            transcript.take(step);
        }
        transcript.end();
        return transcript.lines;
    }

    private void take(Step step) {
        if (step instanceof Step.Asked asked) {
            byte[] request = asked.datagram().toArray();
            states.learn(request);
            lines.addAll(send(request));
            events();
            subject.settle();
        } else if (step instanceof Step.Arrival arrival) {
            for (Bytes packet : arrival.packets()) {
                subject.arrive(packet.toArray());
                observe();
            }
        } else if (step instanceof Step.Departure departure) {
            lines.add("  = " + subject.send(departure));
            observe();
        }
    }

    private void end() {
        lines.add("# states");
        lines.addAll(send(Sequence.bytes(XfrmRequests.listStates(DumpFilter.NONE))));
        lines.add("# policies");
        lines.addAll(send(Sequence.bytes(XfrmRequests.listPolicies())));
        lines.add("# counts");
        lines.addAll(send(Sequence.bytes(XfrmRequests.countStates())));
        lines.addAll(send(Sequence.bytes(XfrmRequests.countPolicies())));
        lines.addAll(send(Sequence.bytes(XfrmRequests.getDefaults())));
    }

    /** All that a packet can change. */
    private void observe() {
        Map<XfrmCounter, Long> now = subject.statistics();
        now.forEach((counter, value) -> {
            long more = value - counters.getOrDefault(counter, 0L);
            if (more != 0) {
                lines.add("  # " + counter + " " + more);
            }
        });
        subject.settle();
        counters = now;
        for (byte[] packet : subject.emitted()) {
            lines.add("  ~ " + PacketText.of(packet, states));
        }
        subject.delivered().forEach(datagram -> lines.add("  ^ " + datagram));
        events();
        List<String> tables = new ArrayList<>(send(Sequence.bytes(XfrmRequests.listStates(DumpFilter.NONE))));
        tables.addAll(send(Sequence.bytes(XfrmRequests.listPolicies())));
        tables.stream().filter(line -> !held.contains(line)).forEach(lines::add);
        held.clear();
        held.addAll(tables);
    }

    private List<String> send(byte[] request) {
        subject.socket().send(ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()));
        int flags = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder()).getShort(6);
        boolean dump = (flags & Netlink.NLM_F_DUMP) == Netlink.NLM_F_DUMP;
        List<String> answers = new ArrayList<>();
        if (dump) {
            while (!answers(Netlink.NLMSG_DONE, answers)) {
                // One datagram after the other.
            }
        } else {
            MessageWriter barrier = new MessageWriter();
            barrier.begin(XfrmMsg.GETSADINFO, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK, BARRIER, 0)
                    .bodyU32(0);
            subject.socket().send(barrier.end().datagram());
            while (!answers(BARRIER, answers)) {
                // One datagram after the other.
            }
        }
        return answers;
    }

    /** Whether the last answer was there: that to the barrier, or the end of a dump or its refusal. */
    private boolean answers(int last, List<String> answers) {
        boolean done = false;
        for (NetlinkMessage message : NetlinkMessage.split(subject.socket().receive())) {
            if (message.sequence() == BARRIER) {
                done |= message.type() == Netlink.NLMSG_ERROR;
            } else {
                answers.add("  < " + normalized.text(message));
                done |= last == Netlink.NLMSG_DONE
                        && (message.type() == Netlink.NLMSG_DONE || message.type() == Netlink.NLMSG_ERROR);
            }
        }
        return done;
    }

    private void events() {
        Optional<ByteBuffer> datagram = subject.listener().receiveNow();
        while (datagram.isPresent()) {
            for (NetlinkMessage message : NetlinkMessage.split(datagram.get())) {
                lines.add("  * " + normalized.text(message));
            }
            datagram = subject.listener().receiveNow();
        }
    }
}
