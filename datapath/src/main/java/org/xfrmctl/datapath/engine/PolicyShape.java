package org.xfrmctl.datapath.engine;

import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;

/**
 * The policies whose prefixes have the same two lengths, hashed by what these prefixes are. All that most lookups compare
 * stands in one object of a chain: with many policies it is memory that has to be waited for.
 */
final class PolicyShape {
    /** One policy; in a chain it comes before those that it {@linkplain PolicyEntry#precedes precedes}. */
    private static final class Node {
        private final int source0;
        private final int source1;
        private final int source2;
        private final int source3;
        private final int destination0;
        private final int destination1;
        private final int destination2;
        private final int destination3;
        private final int hash;
        /** Whether the policy wants nothing but these prefixes. */
        private final boolean isPlain;

        private final PolicyEntry policy;
        private @Nullable Node next;

        Node(PolicyEntry policy, PolicyShape shape) {
            Selector selector = policy.definition().selector();
            IpAddress source = selector.source().address();
            IpAddress destination = selector.destination().address();
            source0 = source.word0() & shape.source0;
            source1 = source.word1() & shape.source1;
            source2 = source.word2() & shape.source2;
            source3 = source.word3() & shape.source3;
            destination0 = destination.word0() & shape.destination0;
            destination1 = destination.word1() & shape.destination1;
            destination2 = destination.word2() & shape.destination2;
            destination3 = destination.word3() & shape.destination3;
            hash = shape.hash(source, destination);
            isPlain = shape.saysAll(policy);
            this.policy = policy;
        }
    }

    private final int sourceLength;
    private final int destinationLength;
    /** The masks of both addresses. */
    private final int source0;

    private final int source1;
    private final int source2;
    private final int source3;
    private final int destination0;
    private final int destination1;
    private final int destination2;
    private final int destination3;
    private @Nullable Node[] table = new Node[2];
    private int size;

    PolicyShape(int sourceLength, int destinationLength) {
        this.sourceLength = sourceLength;
        this.destinationLength = destinationLength;
        source0 = mask(sourceLength);
        source1 = mask(sourceLength - 32);
        source2 = mask(sourceLength - 64);
        source3 = mask(sourceLength - 96);
        destination0 = mask(destinationLength);
        destination1 = mask(destinationLength - 32);
        destination2 = mask(destinationLength - 64);
        destination3 = mask(destinationLength - 96);
    }

    boolean has(int ofSource, int ofDestination) {
        return sourceLength == ofSource && destinationLength == ofDestination;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(PolicyEntry policy) {
        if (size == table.length) {
            grow();
        }
        put(new Node(policy, this));
        size++;
    }

    private void put(Node node) {
        int slot = node.hash & table.length - 1;
        Node before = null;
        Node after = table[slot];
        while (after != null && after.policy.precedes(node.policy)) {
            before = after;
            after = after.next;
        }
        node.next = after;
        link(slot, before, node);
    }

    private void link(int slot, @Nullable Node before, @Nullable Node node) {
        if (before == null) {
            table[slot] = node;
        } else {
            before.next = node;
        }
    }

    void remove(PolicyEntry policy) {
        Selector selector = policy.definition().selector();
        int slot = hash(selector.source().address(), selector.destination().address()) & table.length - 1;
        Node before = null;
        Node node = table[slot];
        while (node != null && node.policy != policy) {
            before = node;
            node = node.next;
        }
        if (node != null) {
            link(slot, before, node.next);
            size--;
        }
    }

    /** The first policy that covers a flow. Adds to {@code looks} how many it had to look at. */
    @Nullable
    PolicyEntry first(FlowKey flow, PolicyTree looks) {
        IpAddress source = flow.source();
        IpAddress destination = flow.destination();
        int hash = hash(source, destination);
        for (Node node = table[hash & table.length - 1]; node != null; node = node.next) {
            looks.look();
            if (node.hash == hash && covers(node, source, destination) && (node.isPlain || accepts(node, flow))) {
                return node.policy;
            }
        }
        return null;
    }

    /** The first policy between the prefixes of these lengths at two addresses, or after another one of them. */
    @Nullable
    PolicyEntry next(IpAddress source, IpAddress destination, @Nullable PolicyEntry after) {
        for (Node node = table[hash(source, destination) & table.length - 1]; node != null; node = node.next) {
            if (covers(node, source, destination) && (after == null || after.precedes(node.policy))) {
                return node.policy;
            }
        }
        return null;
    }

    private boolean covers(Node node, IpAddress source, IpAddress destination) {
        return node.destination0 == (destination.word0() & destination0)
                && node.source0 == (source.word0() & source0)
                && node.destination3 == (destination.word3() & destination3)
                && node.source3 == (source.word3() & source3)
                && node.destination1 == (destination.word1() & destination1)
                && node.destination2 == (destination.word2() & destination2)
                && node.source1 == (source.word1() & source1)
                && node.source2 == (source.word2() & source2);
    }

    private static boolean accepts(Node node, FlowKey flow) {
        return flow.carries(node.policy.definition().mark())
                && flow.matches(node.policy.definition().selector());
    }

    private boolean saysAll(PolicyEntry policy) {
        Selector selector = policy.definition().selector();
        return selector.source().length() <= sourceLength
                && selector.destination().length() <= destinationLength
                && selector.proto().equals(IpProtocol.ANY)
                && selector.sourcePort().equals(PortMatch.ANY)
                && selector.destinationPort().equals(PortMatch.ANY)
                && selector.binding().ifindex() == 0
                && policy.definition().mark().isNone();
    }

    private void grow() {
        @Nullable Node[] old = table;
        table = new Node[2 * old.length];
        for (Node first : old) {
            for (Node node = first; node != null; ) {
                Node following = node.next;
                put(node);
                node = following;
            }
        }
    }

    private int hash(IpAddress source, IpAddress destination) {
        int hash = (destination.word0() & destination0) * 31 + (source.word0() & source0);
        if (sourceLength > 32 || destinationLength > 32) {
            hash = hash * 31 + (destination.word1() & destination1) + 7 * (source.word1() & source1);
            hash = hash * 31 + (destination.word2() & destination2) + 7 * (source.word2() & source2);
            hash = hash * 31 + (destination.word3() & destination3) + 7 * (source.word3() & source3);
        }
        hash *= 0x9e3779b1;
        return hash ^ hash >>> 15;
    }

    private static int mask(int length) {
        if (length >= 32) {
            return -1;
        }
        return length <= 0 ? 0 : -1 << (32 - length);
    }
}
