package org.xfrmctl.cli.snapshot;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/**
 * A packet whose route is looked for in saved tables.
 *
 * @param source any where none is chosen yet
 * @param in the name of the link that it came by; {@code lo} for the host's own
 * @param out the name of the link that it must leave by
 * @param protocol by IANA's number; 0 where nobody says it
 */
record Lookup(
        IpAddress source,
        IpAddress destination,
        int mark,
        String in,
        Optional<String> out,
        int protocol,
        int sourcePort,
        int destinationPort) {
    private static final String OWN = "lo";

    /** One of the host, of which nothing else is known. */
    static Lookup to(IpAddress destination) {
        return new Lookup(IpAddress.any(destination.family()), destination, 0, OWN, Optional.empty(), 0, 0, 0);
    }

    Lookup from(IpAddress address) {
        return new Lookup(address, destination, mark, in, out, protocol, sourcePort, destinationPort);
    }

    Lookup marked(int bits) {
        return new Lookup(source, destination, bits, in, out, protocol, sourcePort, destinationPort);
    }

    Lookup arrivingBy(String link) {
        return new Lookup(source, destination, mark, link, out, protocol, sourcePort, destinationPort);
    }

    Lookup leavingBy(String link) {
        return new Lookup(source, destination, mark, in, Optional.of(link), protocol, sourcePort, destinationPort);
    }

    Lookup carrying(int number, int from, int to) {
        return new Lookup(source, destination, mark, in, out, number, from, to);
    }
}
