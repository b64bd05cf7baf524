package org.xfrmctl.datapath.host;

import java.util.random.RandomGenerator;
import org.xfrmctl.model.Bytes;

/**
 * Every field of a packet that a host is free to choose. Each is asked for when a packet needs it, in sending order, so
 * that a test can replay what another host has sent.
 */
public interface Identifiers {
    /** The first of {@code net.ipv4.ip_local_port_range}. */
    int FIRST_EPHEMERAL = 32_768;

    /** The ID of the next IPv4 header that needs one: 16 bits. */
    int ipId();

    /** The identification of the next packet that is fragmented on IPv6: 32 bits. */
    int fragmentId();

    /** The flow label of the next IPv6 packet from here: 20 bits. */
    int flowLabel();

    /** The identifier in the echo requests of the next {@code ping}: 16 bits. */
    int pingId();

    /** The 16 bytes at the start of the next echo request's data: a {@code struct timeval}. */
    Bytes pingTimestamp();

    /** The port that a socket is given which has none, as that by which {@code ping} finds its source address. */
    default int ephemeralPort() {
        return FIRST_EPHEMERAL;
    }

    /** Random ones; flow labels are 0. Seed the generator to see the same twice. */
    static Identifiers random(RandomGenerator random) {
        return new RandomIdentifiers(random);
    }
}
