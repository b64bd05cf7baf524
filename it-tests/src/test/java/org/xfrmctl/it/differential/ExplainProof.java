package org.xfrmctl.it.differential;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.engine.Routing;
import org.xfrmctl.datapath.explain.Explainer;
import org.xfrmctl.datapath.explain.Explanation;
import org.xfrmctl.datapath.explain.Explanation.Cut;
import org.xfrmctl.datapath.explain.Explanation.Fate;
import org.xfrmctl.datapath.explain.Explanation.Form;
import org.xfrmctl.datapath.explain.Explanation.Verdict;
import org.xfrmctl.datapath.explain.Explanation.Way;
import org.xfrmctl.datapath.explain.Question;
import org.xfrmctl.datapath.explain.Rises;
import org.xfrmctl.datapath.explain.Tables;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.it.differential.Step.Departure;
import org.xfrmctl.it.differential.Step.Discovery;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * Random tables in a kernel, and packets for them: what is explained of each beforehand is held against what the kernel
 * then does. Each seed is a world of its own, in which packets follow each other.
 */
final class ExplainProof {
    private static final int STATES = 9;
    private static final int POLICIES = 6;
    private static final int PACKETS = 12;
    private static final int UDP = 17;

    private static final Routing ROUTING = new Routing() {
        @Override
        public Optional<Path> path(IpAddress destination) {
            return Optional.of(new Path(Subject.MTU, Subject.local(destination.family()), Subject.WIRE));
        }

        @Override
        public boolean sendsFrom(IpAddress source) {
            return source.family() == Family.INET6 || isLocal(source);
        }
    };

    private final Subject subject;
    private final XfrmClient client;
    private final Instant time;
    private final Map<String, Integer> seen = new TreeMap<>();
    private final List<String> contradictions = new ArrayList<>();

    private Random random = new Random();
    private String world = "";
    private int cases;

    /** {@code time} is the subject's, if it stands still; empty for one whose time goes on. */
    ExplainProof(Subject subject, XfrmClient client, Optional<Instant> time) {
        this.subject = subject;
        this.client = client;
        this.time = time.orElseGet(Instant::now);
    }

    private static boolean isLocal(IpAddress address) {
        return address.equals(Subject.local(address.family()));
    }

    /** How many packets were looked at. */
    int cases() {
        return cases;
    }

    /** How often which verdict was given. */
    Map<String, Integer> seen() {
        return seen;
    }

    List<String> contradictions() {
        return contradictions;
    }

    /** One world, in a kernel whose tables are empty. */
    void run(long seed) {
        random = new Random(seed);
        world = "seed " + seed;
        fill(new SmallWorld(random));
        for (int i = 0; i < PACKETS; i++) {
            Family family = random.nextInt(3) == 0 ? Family.INET6 : Family.INET;
            switch (i % 3) {
                case 0 -> leave(family);
                case 1 -> arrive(family, false);
                default -> arrive(family, true);
            }
        }
    }

    private void fill(SmallWorld small) {
        for (int i = 0; i < STATES; i++) {
            XfrmState state = small.state();
            if (tries(() -> client.addState(state))) {
                small.remember(state);
            }
        }
        for (int i = 0; i < POLICIES; i++) {
            // Indices that nobody chose tell how old policies are.
            tries(() -> client.addPolicy(small.policy().toBuilder().index(0).build()));
        }
        if (random.nextInt(4) == 0) {
            client.setDefaults(
                    new DefaultPolicies(1 + random.nextInt(2), 1 + random.nextInt(2), 1 + random.nextInt(2)));
        }
    }

    private static boolean tries(Runnable request) {
        try {
            request.run();
            return true;
        } catch (NetlinkException e) {
            // The generator asks for what kernels refuse, too.
            return false;
        }
    }

    private Explainer explainer() {
        subject.settle();
        Tables tables = new Tables(client.listStates(), client.listPolicies(), client.getDefaults(), time);
        return new Explainer(tables, ROUTING, ExplainProof::isLocal);
    }

    private void leave(Family family) {
        IpAddress far = pick(others(family));
        boolean udp = random.nextInt(3) != 0;
        int icmp = family == Family.INET ? 13 : 200;
        Flow flow = udp
                ? new Flow(Subject.local(family), far, UDP, pick(80, 5555), pick(80, 81))
                : new Flow(Subject.local(family), far, Payloads.icmp(family), icmp, 0);
        Question question = new Question(
                flow,
                pick(60, 84, 119, 125, 256, 700, 1400, 1440, 1460, 1480, 1500, 2500),
                random.nextBoolean(),
                pick(0, 0, 0, 1, 2, 0x101),
                0,
                IfId.NONE);
        Explanation.Outbound expected = explainer().outbound(question);
        Counted before = counted();
        String said = subject.send(departure(question), data(question));
        Supplier<String> what = () -> question + "\n  " + expected;
        Counted after = counted();
        // Of what has become too long behind states a kernel tells itself by ICMP: a packet of its own, with lookups.
        boolean told =
                expected.fate() instanceof Fate.TooLong && !expected.hops().isEmpty();
        same(what, expected.rises(), before, told ? after.withCounters(before) : after);
        compareFate(what, expected.fate(), said, subject.emitted());
        count("out " + VerdictNames.kind(expected) + VerdictNames.of(expected.fate()));
    }

    private void compareFate(Supplier<String> what, Fate fate, String said, List<byte[]> emitted) {
        if (fate instanceof Fate.Leaves leaves && leaves.cut() != Cut.AFTER) {
            hold(
                    what,
                    leaves.pieces(),
                    emitted.stream().map(packet -> packet.length).toList());
        } else if (fate instanceof Fate.Leaves leaves) {
            hold(what, leaves.pieces().get(0), whole(emitted));
        } else if (fate instanceof Fate.TooLong) {
            hold(what, "Message too long", said);
        } else {
            List<Integer> sent = fate instanceof Fate.Dropped dropped ? dropped.sent() : List.of();
            hold(what, sent, emitted.stream().map(packet -> packet.length).toList());
        }
    }

    /** How long the fragments were together. */
    private static int whole(List<byte[]> fragments) {
        int sum = 0;
        for (byte[] each : fragments) {
            boolean v4 = each[0] >> 4 == 4;
            sum += each.length - (v4 ? 20 : 48);
        }
        return sum + (fragments.isEmpty() ? 0 : fragments.get(0)[0] >> 4 == 4 ? 20 : 40);
    }

    private Departure departure(Question question) {
        Flow flow = question.flow();
        return new Departure(
                flow.destination(),
                flow.protocol(),
                flow.sourcePort(),
                flow.destinationPort(),
                data(question).length,
                0,
                question.mark(),
                question.whole() ? Discovery.DO : pick(Discovery.DONT, Discovery.WANT));
    }

    private static byte[] data(Question question) {
        PacketBuffer packet = PacketBuffer.of(question.packet(false));
        packet.dropFront(question.family() == Family.INET6 ? 40 : 20);
        if (question.flow().protocol() == UDP) {
            packet.dropFront(8);
        }
        return packet.toBytes();
    }

    private void arrive(Family family, boolean transit) {
        List<IpAddress> others = others(family);
        IpAddress from = pick(others);
        IpAddress to = transit ? others.get(1 - others.indexOf(from)) : Subject.local(family);
        Question question = new Question(
                new Flow(from, to, UDP, pick(80, 5555), pick(Subject.LISTENING)),
                pick(60, 84, 119, 256, 700, 1200, 1440, 1500),
                random.nextBoolean(),
                0,
                Subject.WIRE,
                IfId.NONE);
        Explanation first = explain(question, transit);
        int ways = inbound(first).ways().size();
        for (int i = 0; i < ways; i++) {
            // The one before has changed the tables.
            Explanation expected = explain(question, transit);
            if (i < inbound(expected).ways().size()) {
                arrive(question, expected, inbound(expected).ways().get(i));
            }
        }
    }

    private Explanation explain(Question question, boolean transit) {
        // On the way out the device is that of the route, here the same.
        return transit
                ? explainer().forwarded(question, IfId.NONE)
                : explainer().inbound(question);
    }

    private static Explanation.Inbound inbound(Explanation explanation) {
        return explanation instanceof Explanation.Transit transit
                ? transit.arrival()
                : (Explanation.Inbound) explanation;
    }

    private void arrive(Question question, Explanation expected, Way way) {
        Optional<byte[]> wire = wire(question, way);
        if (wire.isEmpty()) {
            return;
        }
        Supplier<String> what = () -> question + "\n  " + way + "\n  " + expected;
        hold(what, way.size().orElse(0), wire.get().length);
        Counted before = counted();
        subject.arrive(wire.get());
        Counted after = counted();
        List<byte[]> emitted = subject.emitted();
        List<String> delivered = subject.delivered();
        count((expected instanceof Explanation.Transit ? "fwd " : "in ") + way.form() + " "
                + VerdictNames.of(way.verdict()));
        if (expected instanceof Explanation.Transit transit) {
            boolean marks = way.chain().stream()
                    .anyMatch(state -> state.options().outputMark().isPresent());
            // The ICMP error that follows is a packet of its own, for which there may be policies.
            boolean told = transit.departure().fate() instanceof Fate.TooLong;
            if (!way.verdict().passes()) {
                same(what, way.rises(), before, after);
                hold(what, 0, emitted.size());
            } else if (told) {
                hold(what, true, emitted.size() <= 1);
                count("fwd too long");
            } else if (!marks) {
                same(what, Counted.sum(way.rises(), transit.departure().rises()), before, after);
                compareFate(what, transit.departure().fate(), "", emitted);
                count("fwd on " + VerdictNames.kind(transit.departure())
                        + VerdictNames.of(transit.departure().fate()));
            }
        } else {
            same(what, way.rises(), before, after);
            hold(what, way.verdict().passes() ? 1 : 0, delivered.size());
        }
    }

    /** The peer's packet, with the keys that the kernel has; empty where no packet comes so. */
    private Optional<byte[]> wire(Question question, Way way) {
        boolean foreign = way.chain().stream()
                .flatMap(state -> state.options().encap().stream())
                .anyMatch(encap -> encap.type() != Encap.ESPINUDP);
        if (way.verdict() instanceof Verdict.Impossible || foreign) {
            return Optional.empty();
        }
        List<XfrmState> present = client.listStates();
        long number = 1;
        List<XfrmState> inside = new ArrayList<>();
        for (XfrmState told : way.chain()) {
            XfrmState state = present.stream()
                    .filter(each -> each.key().equals(told.key()))
                    .findFirst()
                    .orElseThrow();
            number = Math.max(number, inbound(state.replay()) + 1);
            Optional<Encap> around = inside.isEmpty() ? state.options().encap() : Optional.empty();
            StateOptions options = around.isEmpty()
                    ? StateOptions.NONE
                    : StateOptions.NONE.withNatTraversal(state.options().natTraversal());
            inside.add(0, state.toBuilder().options(options).build());
        }
        byte[] plain = question.packet(way.form() == Form.COMPRESSED);
        return way.chain().isEmpty() ? Optional.of(plain) : Sealer.seal(plain, inside, number);
    }

    private static long inbound(ReplayState replay) {
        return replay instanceof ReplayState.Extended extended
                ? extended.inbound()
                : Integer.toUnsignedLong(((ReplayState.Basic) replay).inbound());
    }

    private Counted counted() {
        subject.settle();
        return Counted.of(subject.statistics(), client.listStates());
    }

    private void same(Supplier<String> what, Rises rises, Counted before, Counted after) {
        hold(what, after.expected(rises), after.since(before));
    }

    private void hold(Supplier<String> what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            contradictions.add(world + ": explained " + expected + ", seen " + actual + "\n  " + what.get());
        }
    }

    private void count(String name) {
        cases++;
        seen.merge(name, 1, Integer::sum);
    }

    private static List<IpAddress> others(Family family) {
        return family == Family.INET
                ? List.of(IpAddress.parse("192.0.2.2"), IpAddress.parse("198.51.100.7"))
                : List.of(IpAddress.parse("2001:db8::2"), IpAddress.parse("2001:db8:1::7"));
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
