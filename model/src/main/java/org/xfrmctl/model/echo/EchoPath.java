package org.xfrmctl.model.echo;

import java.util.Optional;
import java.util.SplittableRandom;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;

/**
 * Whom echo requests go to, and how. No router may fragment them.
 *
 * @param from the source address; empty to take the route's
 * @param mark of the socket; 0 is none
 * @param untaught whether the link's MTU alone bounds them, whatever is known of the path ({@code IP_PMTUDISC_PROBE} instead
 *     of {@code IP_PMTUDISC_DO})
 */
public record EchoPath(Optional<IpAddress> from, IpAddress to, int mark, boolean untaught) {
    private static final int ICMP_HEADER = 8;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    /** The shortest packet that is an echo request. */
    public int leastPacket() {
        return (to.family() == Family.INET6 ? IPV6_HEADER : IPV4_HEADER) + ICMP_HEADER;
    }

    /** Data of a request: always the same, and nothing that IPComp would make shorter, for the path is to be filled. */
    public static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(content);
        return content;
    }

    /** Data bytes of the request that is a packet of {@code size} bytes. */
    public int data(int size) {
        if (size < leastPacket()) {
            throw new IllegalArgumentException(
                    "a packet of " + size + " bytes is no echo request; the least has " + leastPacket());
        }
        return size - leastPacket();
    }
}
