package org.xfrmctl.datapath.explain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.datapath.engine.Mismatch;
import org.xfrmctl.datapath.engine.Refusal;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmState;

/** What would happen to a packet, and why. */
public sealed interface Explanation {
    /** Whether the packet, or one of the ways in which it can come, gets through. */
    boolean passes();

    /**
     * Of a packet that leaves.
     *
     * @param templates as far as they were looked for; none if the packet goes in clear or not at all
     * @param hops what each state makes of the packet, or of its first fragment
     * @param limit how long packets may be; empty where no packet goes
     */
    record Outbound(
            PolicyChoice policy,
            List<TemplateAnswer> templates,
            List<Hop> hops,
            Optional<Limit> limit,
            Fate fate,
            Rises rises)
            implements Explanation {
        public Outbound {
            templates = List.copyOf(templates);
            hops = List.copyOf(hops);
        }

        @Override
        public boolean passes() {
            return fate instanceof Fate.Leaves;
        }
    }

    /** Of a packet for this host. */
    record Inbound(PolicyChoice policy, List<Way> ways, boolean shortened) implements Explanation {
        public Inbound {
            ways = List.copyOf(ways);
        }

        @Override
        public boolean passes() {
            return ways.stream().anyMatch(way -> way.verdict().passes());
        }
    }

    /** Of a packet that this host passes on. */
    record Transit(Inbound arrival, Outbound departure) implements Explanation {
        @Override
        public boolean passes() {
            return arrival.passes() && departure.passes();
        }
    }

    /**
     * What a state makes of a packet.
     *
     * @param protocol of the header behind the outer IP header
     * @param block what ESP pads to; 1 where nothing is padded
     */
    record Hop(
            XfrmState state,
            int size,
            IpAddress source,
            IpAddress destination,
            int protocol,
            Optional<Encap> encap,
            int mark,
            int block) {}

    /**
     * How long packets may be.
     *
     * @param mtu the longest that goes in one piece
     * @param way the MTU of the way that the result takes
     */
    record Limit(int mtu, int way) {}

    /** What becomes of a packet that is to leave. */
    sealed interface Fate {
        /** {@code pieces} are the sizes of what leaves; {@code cut} says where the packet was cut, if it was. */
        record Leaves(List<Integer> pieces, Cut cut) implements Fate {
            public Leaves {
                pieces = List.copyOf(pieces);
            }
        }

        /**
         * Policy forbids it, a state is missing, or does not take it.
         *
         * @param sent the sizes of fragments that have left before
         */
        record Dropped(Optional<XfrmCounter> counter, Refusal refusal, List<Integer> sent) implements Fate {
            public Dropped {
                sent = List.copyOf(sent);
            }
        }

        /** It is too long: its socket is told ({@code EMSGSIZE}), or its sender by ICMP. */
        record TooLong(int mtu, boolean byIcmp) implements Fate {}

        /** An XFRM interface sends nothing that no policy and state of its own protect. */
        record Unprotected() implements Fate {}

        /** It was to be passed on, and is for this host itself. */
        record ForThisHost() implements Fate {}

        /** There is no way to where it is to go. */
        record Unroutable() implements Fate {}
    }

    /** Where a packet that is too long is cut. */
    enum Cut {
        NOT,
        /** Each fragment goes through the states as a packet of its own. */
        BEFORE,
        /** What the states have made of it is cut; the peer puts it together first. */
        AFTER
    }

    /** A way in which the packet can come, the outermost state first. */
    record Way(List<XfrmState> chain, Form form, Verdict verdict, OptionalInt size, Rises rises) {
        public Way {
            chain = List.copyOf(chain);
        }
    }

    /** What a packet looks like inside. */
    enum Form {
        /** No compression is on its way. */
        PLAIN,
        COMPRESSED,
        /** Too short, or nothing to gain: it comes without IPComp header, in tunnels as IP in IP. */
        UNCOMPRESSED
    }

    /** What becomes of a packet that came in some way. */
    sealed interface Verdict {
        record Accepted() implements Verdict {}

        record Dropped(Optional<XfrmCounter> counter, Cause cause) implements Verdict {}

        /** A packet cannot come so: the states do not fit into one another. */
        record Impossible() implements Verdict {}

        default boolean passes() {
            return this instanceof Accepted;
        }
    }

    /** Why a packet that came in is dropped. */
    sealed interface Cause {
        /** The policy says so, or the default. */
        record Blocked() implements Cause {}

        /** It came through a tunnel, and no policy is for it. */
        record NoPolicy() implements Cause {}

        /** No state that it came through meets this template. */
        record Unmet(Template template, List<NotMet> by) implements Cause {
            public Unmet {
                by = List.copyOf(by);
            }
        }

        /** No template asks for this tunnel. */
        record LeftOver(XfrmState tunnel) implements Cause {}

        /** The state's selector is not for it. */
        record Uncovered(XfrmState state) implements Cause {}

        /** The policy has so many templates that no packet meets them all. */
        record TooDeep() implements Cause {}

        /** It does not get through the states: there is none, or it does not take the packet. */
        record OnTheWay() implements Cause {}

        /** The datagram that ESP comes in is asked about first, and refused. */
        record Datagram() implements Cause {}
    }

    /** A state that does not meet a template, and why; empty if it may not be looked at behind an earlier tunnel. */
    record NotMet(XfrmState state, Optional<Mismatch> mismatch) {}
}
