package org.xfrmctl.it.lifecycle;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xfrmctl.model.IpAddress;

/** Datagrams from one host to another that a child protects. */
record Flow(String from, String to, IpAddress source, IpAddress destination, int port) {
    /** What is in transit through the gateways, and what they say to each other, both ways. */
    static final List<Flow> ALL = List.of(
            flow("left", "right", "10.1.0.2", "10.2.0.2", 7000),
            flow("right", "left", "10.2.0.2", "10.1.0.2", 7000),
            flow("a", "b", "192.0.2.1", "192.0.2.2", 7001),
            flow("b", "a", "192.0.2.2", "192.0.2.1", 7001));

    private static final String TEXT = "what nobody on the wire may read ";

    private static Flow flow(String from, String to, String source, String destination, int port) {
        return new Flow(from, to, IpAddress.parse(source), IpAddress.parse(destination), port);
    }

    /** The number and readable text; by turns too short for IPComp and long enough. */
    static byte[] payload(int number) {
        String text = number + " " + TEXT.repeat(number % 2 == 0 ? 1 : 10);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static int number(byte[] payload) {
        String text = new String(payload, StandardCharsets.UTF_8);
        return Integer.parseInt(text.substring(0, text.indexOf(' ')));
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
