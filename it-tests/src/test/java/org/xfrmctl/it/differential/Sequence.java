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
    /** What the name of a random one begins with. */
    static final String SEED = "seed ";

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
        return new Sequence(SEED + seed, steps);
    }

    /**
     * From lines of {@link Step#line}, or in words: a request as a command of {@code ip xfrm} ({@link RequestWords}), a packet
     * that arrives as {@code packet} and {@link PacketWords}. Lines that begin with # are comments.
     */
    static Sequence read(String name, List<String> lines) {
        KnownStates states = new KnownStates();
        List<Step> steps = new ArrayList<>();
        for (String line : lines) {
            if (!line.startsWith("#") && !line.isBlank()) {
                Step step = step(name, line, states);
                steps.add(step);
                if (step instanceof Step.Asked asked) {
                    states.learn(asked.datagram().toArray());
                }
            }
        }
        return new Sequence(name, steps);
    }

    private static Step step(String name, String line, KnownStates states) {
        List<String> words = List.of(line.split(" ", -1));
        return switch (words.get(0)) {
            case "ip" -> new Step.Asked(line, Bytes.of(bytes(RequestWords.read(name, line))));
            case "packet" -> new Step.Arrival(line, List.of(PacketWords.read(words.subList(1, words.size()), states)));
            default -> Step.parse(line);
        };
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
