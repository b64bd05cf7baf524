package org.xfrmctl.datapath.engine;

import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.SaId;

/**
 * States by destination, SPI and protocol, the newest first ({@code net->xfrm.state_byspi}). Each packet that arrives
 * asks, so a question makes no object, and all that is compared stands in one object of the chain: with many states that
 * is what memory has to be waited for.
 */
final class SpiTable {
    private static final class Node {
        private final int word0;
        private final int word1;
        private final int word2;
        private final int word3;
        private final int spi;
        private final int protocol;
        private final Mark mark;
        private final SecurityAssociation association;
        private @Nullable Node next;

        Node(SecurityAssociation association) {
            SaId id = association.id();
            word0 = id.destination().word0();
            word1 = id.destination().word1();
            word2 = id.destination().word2();
            word3 = id.destination().word3();
            spi = id.spi().bits();
            protocol = id.protocol().number();
            mark = association.definition().mark();
            this.association = association;
        }

        boolean is(IpAddress destination, int wantedSpi, int wantedProtocol) {
            return spi == wantedSpi
                    && word0 == destination.word0()
                    && word1 == destination.word1()
                    && word2 == destination.word2()
                    && word3 == destination.word3()
                    && protocol == wantedProtocol
                    && association.destination().family() == destination.family();
        }

        int hash() {
            return SpiTable.hash(word0, word3, spi, protocol);
        }
    }

    private @Nullable Node[] table = new Node[16];
    private int size;
    private long looks;

    void add(SecurityAssociation association) {
        if (size == table.length) {
            grow();
        }
        put(new Node(association));
        size++;
    }

    private void put(Node node) {
        int slot = node.hash() & table.length - 1;
        node.next = table[slot];
        table[slot] = node;
    }

    void remove(SecurityAssociation association) {
        int slot = new Node(association).hash() & table.length - 1;
        Node before = null;
        for (Node node = table[slot]; node != null; node = node.next) {
            if (node.association != association) {
                before = node;
                continue;
            }
            if (before == null) {
                table[slot] = node.next;
            } else {
                before.next = node.next;
            }
            size--;
            return;
        }
    }

    @Nullable
    SecurityAssociation find(IpAddress destination, int spi, int protocol, int mark) {
        int slot = hash(destination.word0(), destination.word3(), spi, protocol) & table.length - 1;
        for (Node node = table[slot]; node != null; node = node.next) {
            looks++;
            if (node.is(destination, spi, protocol) && node.mark.matches(mark)) {
                return node.association;
            }
        }
        return null;
    }

    long looks() {
        return looks;
    }

    private void grow() {
        @Nullable Node[] old = table;
        table = new Node[2 * old.length];
        for (Node first : old) {
            // Turned round first, so that putting before each other restores the order.
            Node turned = null;
            for (Node node = first; node != null; ) {
                Node next = node.next;
                node.next = turned;
                turned = node;
                node = next;
            }
            for (Node node = turned; node != null; ) {
                Node next = node.next;
                put(node);
                node = next;
            }
        }
    }

    /** Of an address only the words that tell hosts apart. */
    private static int hash(int word0, int word3, int spi, int protocol) {
        int hash = (spi * 31 + word0) * 31 + word3 + protocol;
        hash *= 0x9e3779b1;
        return hash ^ hash >>> 15;
    }
}
