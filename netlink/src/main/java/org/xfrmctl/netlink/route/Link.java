package org.xfrmctl.netlink.route;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;

/**
 * A network link.
 *
 * @param alias what somebody wrote on it for people ({@code ip link set alias}); empty if nobody did
 */
public record Link(int index, String name, String alias, int mtu, Flags flags, Kind kind, Relations relations) {

    /** {@code IFF_*}. */
    public record Flags(int bits) {
        static final int UP = 1;
        private static final int LOOPBACK = 1 << 3;
        private static final int RUNNING = 1 << 6;
        private static final int LOWER_UP = 1 << 16;

        /** Whether it was set up. */
        public boolean isUp() {
            return (bits & UP) != 0;
        }

        /** Whether it carries packets: it is up, and so is what it needs. */
        public boolean isRunning() {
            return (bits & RUNNING) != 0;
        }

        public boolean isLoopback() {
            return (bits & LOOPBACK) != 0;
        }

        /** Whether the other end is there, as far as the link can tell. */
        public boolean hasCarrier() {
            return (bits & LOWER_UP) != 0;
        }
    }

    /** What made it. */
    public sealed interface Kind {
        /** As {@code ip link add type NAME} calls it; empty for the link of a device, and for loopback. */
        Optional<String> name();

        /** A device's, or loopback. */
        record Device() implements Kind {
            @Override
            public Optional<String> name() {
                return Optional.empty();
            }
        }

        /**
         * An xfrm interface.
         *
         * @param ifId of the states and policies that it is for
         * @param collectsMetadata whether the if_id comes with each packet's route instead, so that one serves all
         */
        record Xfrm(IfId ifId, boolean collectsMetadata) implements Kind {
            @Override
            public Optional<String> name() {
                return Optional.of(NewLink.XFRM);
            }
        }

        /**
         * One that wraps packets, over IPv4.
         *
         * @param ttl of the outer header; 0 takes over the inner one
         */
        record Tunnel(Wrapping wrapping, IpAddress local, IpAddress remote, OptionalInt key, int ttl) implements Kind {
            @Override
            public Optional<String> name() {
                return Optional.of(wrapping.kind());
            }
        }

        /** Any other. */
        record Named(String kind) implements Kind {
            @Override
            public Optional<String> name() {
                return Optional.of(kind);
            }
        }
    }

    /** What a {@link Kind.Tunnel} wraps packets into. */
    public enum Wrapping {
        /** RFC 2784, with the keys of RFC 2890. */
        GRE,
        /** RFC 2003. */
        IPIP;

        String kind() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The links that it has to do with, by their indexes.
     *
     * @param master the bridge, VRF or bond that it belongs to
     * @param lower the link that it stands on; of a veth, its peer
     * @param lowerNamespace the id of the namespace that {@code lower} is in; empty for its own
     */
    public record Relations(OptionalInt master, OptionalInt lower, OptionalInt lowerNamespace) {
        public static final Relations NONE =
                new Relations(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    /** For people: {@code ipsec0 (index 7, xfrm if_id 0x2a)}. */
    @Override
    public String toString() {
        String what = kind.name().map(name -> ", " + name).orElse("");
        if (kind instanceof Kind.Xfrm xfrm) {
            what += xfrm.collectsMetadata() ? " external" : " if_id " + xfrm.ifId();
        }
        return name + " (index " + index + what + ")";
    }
}
