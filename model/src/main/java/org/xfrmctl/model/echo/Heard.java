package org.xfrmctl.model.echo;

import org.xfrmctl.model.IpAddress;

/** What came of one echo request. */
public sealed interface Heard {
    /** Whether the request arrived and its reply came back. */
    default boolean isAnswer() {
        return false;
    }

    /**
     * Whether a packet of another moment may have fared better, whatever its length: packets are lost, a neighbour does not
     * answer, a queue is full.
     */
    default boolean mayBeChance() {
        return false;
    }

    /** It arrived, and its reply came back, perhaps in pieces: Linux sends replies without DF. */
    record Answer() implements Heard {
        @Override
        public boolean isAnswer() {
            return true;
        }

        @Override
        public String toString() {
            return "answered";
        }
    }

    /**
     * It was not sent, for this host's own kernel knows that it is too long (EMSGSIZE).
     *
     * @param mtu what the kernel goes by
     */
    record Refused(int mtu) implements Heard {
        @Override
        public String toString() {
            return "refused by this host: MTU " + mtu;
        }
    }

    /**
     * Somebody on the way says that it is too long (ICMP type 3 code 4, ICMPv6 type 2).
     *
     * @param mtu what would pass; 0 of a router that does not say (RFC 1191, section 5)
     */
    record TooBig(IpAddress from, int mtu) implements Heard {
        @Override
        public String toString() {
            return "error from " + from + ": MTU " + (mtu == 0 ? "not told" : mtu);
        }
    }

    /** Somebody says that it cannot be delivered, of whatever length. */
    record Undelivered(IpAddress from, String why) implements Heard {
        @Override
        public boolean mayBeChance() {
            return true;
        }

        @Override
        public String toString() {
            return "error from " + from + ": " + why;
        }
    }

    /** It was not sent for another reason, in the words of the errno. */
    record Unsent(String why) implements Heard {
        @Override
        public boolean mayBeChance() {
            return true;
        }

        @Override
        public String toString() {
            return "not sent: " + why;
        }
    }

    /** Nothing, for as long as there was to wait. */
    record Silence() implements Heard {
        @Override
        public boolean mayBeChance() {
            return true;
        }

        @Override
        public String toString() {
            return "silence";
        }
    }
}
