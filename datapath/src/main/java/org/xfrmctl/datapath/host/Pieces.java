package org.xfrmctl.datapath.host;

import org.xfrmctl.datapath.wire.Ipv4Header;

/**
 * Where a packet is cut.
 *
 * @param unit the bytes of all pieces but the last, which takes the rest
 */
record Pieces(int unit, int count) {
    /** A packet that is not in pieces. */
    static final Pieces ONE = new Pieces(0, 1);

    /** What offsets of fragments count in. */
    private static final int LEAST = 8;

    /** Fragments with {@code room} for data; none if there is not even room for the least. The last may fill it to the end. */
    static Pieces within(int room, int data) {
        int unit = room & -LEAST;
        if (unit < LEAST) {
            return new Pieces(0, 0);
        }
        int count = 1;
        for (int rest = data; rest > room; rest -= unit) {
            count++;
        }
        return new Pieces(unit, count);
    }

    /**
     * The pieces in which a socket's IPv4 packet waits for its transforms: each is as long as a fragment may be that the
     * bundle is to carry, the first has room for the headers to come, and the last takes the trailer
     * ({@code __ip_append_data()}).
     *
     * @param mtu of the bundle
     * @param headers what its transforms put in front
     */
    static Pieces waiting(int length, int mtu, int headers) {
        return length <= mtu ? ONE : within(mtu - Ipv4Header.LENGTH, length - Ipv4Header.LENGTH + headers);
    }

    /** Whether the pieces can be the fragments ({@code ip_do_fragment()}); if not, the packet is cut as any other. */
    boolean fit(Ipv4Header whole, int mtu) {
        int last = length(count - 1, whole.totalLength() - whole.length());
        return count > 1 && last > 0 && Math.max(last, unit) <= mtu - whole.length();
    }

    int start(int number) {
        return number * unit;
    }

    /** How long a piece of {@code data} bytes is. */
    int length(int number, int data) {
        return number < count - 1 ? unit : data - start(number);
    }

    boolean isLast(int number) {
        return number == count - 1;
    }
}
