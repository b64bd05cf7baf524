package org.xfrmctl.it.differential;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.Netlink;

/** What happens to a kernel with empty tables, step by step. */
record Sequence(String name, List<Step> steps) {
    private static final int LENGTH = 22;
    private static final int FIRST = 6;
    /** Of so many requests one is spoiled. */
    private static final int SPOILED = 6;

    Sequence {
        steps = List.copyOf(steps);
    }

    /** The one of a seed. */
    static Sequence random(long seed) {
        Random random = new Random(seed);
        KnownStates states = new KnownStates();
        RandomRequests requests = new RandomRequests(random);
        RandomPackets packets = new RandomPackets(random, states);
        Spoiler spoiler = new Spoiler(random);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < LENGTH; i++) {
            if (i >= FIRST && random.nextBoolean()) {
                steps.add(packets.next());
                continue;
            }
            Request request = i < FIRST ? requests.first(i) : requests.next();
            byte[] bytes = bytes(request);
            boolean spoiled = random.nextInt(SPOILED) == 0;
            byte[] sent = spoiled ? spoiler.spoil(bytes) : bytes;
            states.learn(sent);
            steps.add(new Step.Asked((spoiled ? "spoiled " : "") + request.description(), Bytes.of(sent)));
        }
        return new Sequence("seed " + seed, steps);
    }

    /** From lines of {@link Step#line}; others, that begin with #, are comments. */
    static Sequence read(String name, List<String> lines) {
        return new Sequence(
                name,
                lines.stream()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .map(Step::parse)
                        .toList());
    }

    /** A request as its client would send it. */
    static byte[] bytes(Request request) {
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
}
