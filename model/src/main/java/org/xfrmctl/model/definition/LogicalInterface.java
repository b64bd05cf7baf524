package org.xfrmctl.model.definition;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/**
 * An interface that is made for tunnels, and what leads there: {@code interfaces:}.
 *
 * @param name as the kernel knows it
 * @param mtu absent means what the kernel takes by itself
 * @param addresses this host's own, with the length of the network on the other side
 * @param routes destinations that are behind it
 */
public record LogicalInterface(
        String name, Place place, Kind kind, OptionalInt mtu, List<IpPrefix> addresses, List<IpPrefix> routes) {
    public LogicalInterface {
        addresses = List.copyOf(addresses);
        routes = List.copyOf(routes);
    }

    /** {@code type}, with what belongs to it. */
    public sealed interface Kind {
        /** As {@code ip link add type NAME} calls it. */
        String type();

        /**
         * {@code type: xfrm}: what is routed there meets the policies with its if_id, and what came through states with it
         * comes in there.
         *
         * @param lower {@code dev}, the interface that offload is asked of
         */
        record Xfrm(IfId ifId, Optional<String> lower) implements Kind {
            @Override
            public String type() {
                return "xfrm";
            }

            @Override
            public String toString() {
                return "type xfrm if_id " + ifId
                        + lower.map(name -> " dev " + name).orElse("");
            }
        }

        /**
         * {@code type: gre} or {@code ipip}: packets are wrapped here, and a child in transport mode protects what comes out.
         *
         * @param key of GRE (RFC 2890), the same at both ends
         * @param ttl of the outer header; 0 takes over that of the inner one
         */
        record Tunnel(Wrapping wrapping, IpAddress local, IpAddress remote, OptionalInt key, int ttl) implements Kind {
            @Override
            public String type() {
                return wrapping.name().toLowerCase(Locale.ROOT);
            }

            @Override
            public String toString() {
                return "type " + type() + " local " + local + " remote " + remote
                        + (key.isPresent() ? " key " + Integer.toUnsignedString(key.getAsInt()) : "")
                        + " ttl " + (ttl == 0 ? "inherit" : ttl);
            }
        }
    }

    /** What a packet is wrapped into. */
    public enum Wrapping {
        GRE,
        IPIP
    }
}
