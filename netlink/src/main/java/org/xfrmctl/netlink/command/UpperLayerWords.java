package org.xfrmctl.netlink.command;

import java.util.List;
import java.util.OptionalInt;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;

/**
 * {@code proto PROTO [sport PORT] [dport PORT] [type N] [code N] [key K]}: what a selector says of the packet behind its
 * IP header.
 */
final class UpperLayerWords {
    static final List<String> WORDS = List.of("proto", "sport", "dport", "type", "code", "key");

    private static final int DCCP = 33;
    private static final int FULL = 0xffff;

    private final Words words;
    private final HostNames host;
    private OptionalInt protocol = OptionalInt.empty();
    private int source;
    private int sourceMask;
    private int destination;
    private int destinationMask;
    private boolean sourceGiven;
    private boolean destinationGiven;
    private int ports = -1;
    private int types = -1;
    private int keys = -1;

    UpperLayerWords(Words words, HostNames host) {
        this.words = words;
        this.host = host;
    }

    /** Reads these words as long as there are any. */
    void readRun() {
        while (words.hasNext() && WORDS.contains(words.peek())) {
            readOne(words.take());
        }
        check();
    }

    private void readOne(String word) {
        int place = words.last();
        switch (word) {
            case "proto" -> protocol = OptionalInt.of(readProtocol());
            case "sport" -> {
                source(words.u16(word), false);
                ports = place;
            }
            case "dport" -> {
                destination(words.u16(word), false);
                ports = place;
            }
            case "type" -> {
                source((int) words.number(word, 255), true);
                types = place;
            }
            case "code" -> {
                destination((int) words.number(word, 255), true);
                types = place;
            }
            default -> {
                readKey();
                keys = place;
            }
        }
    }

    /** A port of 0 matches every one; a type or code of 0 does not. */
    private void source(int value, boolean zeroCounts) {
        source = value;
        sourceMask = value != 0 || zeroCounts ? FULL : sourceMask;
        sourceGiven = true;
    }

    private void destination(int value, boolean zeroCounts) {
        destination = value;
        destinationMask = value != 0 || zeroCounts ? FULL : destinationMask;
        destinationGiven = true;
    }

    private int readProtocol() {
        String allowed = "proto is a name of /etc/protocols, a number of 0 to 255, or any";
        String text = words.argument(allowed);
        if (text.equals("any")) {
            return 0;
        }
        OptionalInt known = host.protocol().apply(text);
        if (known.isPresent()) {
            return known.getAsInt();
        }
        try {
            long number = Numbers.parse(text);
            if (Long.compareUnsigned(number, 255) <= 0) {
                return (int) number;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw words.refuse(allowed);
    }

    /** A GRE key fills both ports, its high half first. */
    private void readKey() {
        String allowed = "key is a number of 0 to 4294967295, or a dotted quad";
        String text = words.argument(allowed);
        int key;
        try {
            long number = text.indexOf('.') >= 0
                    ? Integer.toUnsignedLong(Addresses.quad(text, 0, text.length()))
                    : Numbers.parse(text);
            if (Long.compareUnsigned(number, 0xffff_ffffL) > 0) {
                throw words.refuse(allowed);
            }
            key = (int) number;
        } catch (NumberFormatException e) {
            throw words.refuse(allowed);
        }
        source = key >>> 16;
        destination = key & FULL;
        sourceMask = FULL;
        destinationMask = FULL;
        // iproute2's lists compare the low half alone.
        destinationGiven = true;
    }

    private void check() {
        int number = protocol.orElse(0);
        if (ports >= 0 && !hasPorts(number)) {
            throw words.at(ports, "sport and dport go with proto tcp, udp, sctp, dccp or any, not " + number);
        }
        if (types >= 0 && !hasTypes(number)) {
            throw words.at(types, "type and code go with proto icmp, ipv6-icmp or mobility-header, not " + number);
        }
        if (keys >= 0 && number != IpProtocol.GRE.number()) {
            throw words.at(keys, "key goes with proto gre, not " + number);
        }
    }

    private static boolean hasPorts(int protocol) {
        return protocol == 0
                || protocol == IpProtocol.TCP.number()
                || protocol == IpProtocol.UDP.number()
                || protocol == IpProtocol.SCTP.number()
                || protocol == DCCP;
    }

    private static boolean hasTypes(int protocol) {
        return protocol == IpProtocol.ICMP.number()
                || protocol == IpProtocol.ICMPV6.number()
                || protocol == IpProtocol.MH.number();
    }

    IpProtocol protocol() {
        return protocol.isEmpty() ? IpProtocol.ANY : new IpProtocol(protocol.getAsInt());
    }

    PortMatch source() {
        return sourceMask == 0 ? PortMatch.ANY : new PortMatch(source, sourceMask);
    }

    PortMatch destination() {
        return destinationMask == 0 ? PortMatch.ANY : new PortMatch(destination, destinationMask);
    }

    PolicyMatch.Upper match() {
        return new PolicyMatch.Upper(
                protocol,
                sourceGiven ? OptionalInt.of(source) : OptionalInt.empty(),
                destinationGiven ? OptionalInt.of(destination) : OptionalInt.empty());
    }
}
