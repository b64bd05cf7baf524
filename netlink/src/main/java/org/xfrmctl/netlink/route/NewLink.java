package org.xfrmctl.netlink.route;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.xfrmctl.model.IfId;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.Ifinfomsg;
import org.xfrmctl.netlink.uapi.Ifla;
import org.xfrmctl.netlink.uapi.IflaInfo;

/** A link to be made. */
public sealed interface NewLink {
    /** The kind of {@link Xfrm} and {@link ExternalXfrm}. */
    String XFRM = "xfrm";

    String name();

    /** As {@code ip link add type KIND} calls it. */
    String kind();

    /** Writes the attributes that only this kind has. */
    void encodeData(MessageWriter out);

    /** Whether this cannot be made where {@code present} is, though the names differ. */
    default boolean isRuledOutBy(Link.Kind present) {
        return false;
    }

    /**
     * An xfrm interface: what is routed to it meets the policies with its if_id only.
     *
     * @param lower the link that offload and the first MTU are taken from; routes decide where packets go
     */
    record Xfrm(String name, IfId ifId, OptionalInt lower) implements NewLink {
        public Xfrm {
            requireName(name);
            if (ifId.isNone()) {
                throw new IllegalArgumentException("the if_id of xfrm link " + name + " is 0, which means none");
            }
        }

        @Override
        public String kind() {
            return XFRM;
        }

        @Override
        public void encodeData(MessageWriter out) {
            out.attributeU32(IflaInfo.XFRM_IF_ID, ifId.bits());
            lower.ifPresent(index -> out.attributeU32(IflaInfo.XFRM_LINK, index));
        }

        @Override
        public boolean isRuledOutBy(Link.Kind present) {
            return present.equals(new Link.Kind.Xfrm(ifId, false));
        }

        @Override
        public String toString() {
            return name + " type xfrm if_id " + ifId + (lower.isPresent() ? " dev " + lower.getAsInt() : "");
        }
    }

    /** An xfrm interface for every if_id, which each packet's route tells ({@code collect_md}, since Linux 6.1). */
    record ExternalXfrm(String name) implements NewLink {
        public ExternalXfrm {
            requireName(name);
        }

        @Override
        public String kind() {
            return XFRM;
        }

        @Override
        public void encodeData(MessageWriter out) {
            out.attribute(IflaInfo.XFRM_COLLECT_METADATA, new byte[0]);
        }

        @Override
        public boolean isRuledOutBy(Link.Kind present) {
            return present instanceof Link.Kind.Xfrm xfrm && xfrm.collectsMetadata();
        }

        @Override
        public String toString() {
            return name + " type xfrm external";
        }
    }

    /** One that wraps packets, over IPv4; what comes out of it goes the way of packets of this host. */
    record Tunnel(String name, Link.Kind.Tunnel tunnel) implements NewLink {
        public Tunnel {
            requireName(name);
        }

        @Override
        public String kind() {
            return tunnel.wrapping().kind();
        }

        @Override
        public void encodeData(MessageWriter out) {
            boolean gre = tunnel.wrapping() == Link.Wrapping.GRE;
            tunnel.key().ifPresent(key -> {
                for (int flags : new int[] {IflaInfo.GRE_INPUT_FLAGS, IflaInfo.GRE_OUTPUT_FLAGS}) {
                    out.attribute(
                            flags,
                            Short.BYTES,
                            content -> networkOrder(content).putShort((short) IflaInfo.GRE_HAS_KEY));
                }
                for (int type : new int[] {IflaInfo.GRE_INPUT_KEY, IflaInfo.GRE_OUTPUT_KEY}) {
                    out.attribute(
                            type,
                            Integer.BYTES,
                            content -> networkOrder(content).putInt(key));
                }
            });
            RouteAttributes.write(gre ? IflaInfo.GRE_LOCAL : IflaInfo.IPIP_LOCAL, tunnel.local(), out);
            RouteAttributes.write(gre ? IflaInfo.GRE_REMOTE : IflaInfo.IPIP_REMOTE, tunnel.remote(), out);
            out.attributeU8(gre ? IflaInfo.GRE_TTL : IflaInfo.IPIP_TTL, tunnel.ttl());
        }

        private static ByteBuffer networkOrder(ByteBuffer content) {
            return content.order(ByteOrder.BIG_ENDIAN);
        }

        @Override
        public boolean isRuledOutBy(Link.Kind present) {
            return present instanceof Link.Kind.Tunnel other
                    && other.wrapping() == tunnel.wrapping()
                    && other.local().equals(tunnel.local())
                    && other.remote().equals(tunnel.remote())
                    && other.key().equals(tunnel.key());
        }

        @Override
        public String toString() {
            return name + " type " + kind() + " local " + tunnel.local() + " remote " + tunnel.remote();
        }
    }

    /** A pair of links, each the other's far end. */
    record Veth(String name, String peer) implements NewLink {
        public Veth {
            requireName(name);
            requireName(peer);
        }

        @Override
        public String kind() {
            return "veth";
        }

        @Override
        public void encodeData(MessageWriter out) {
            out.beginNested(IflaInfo.VETH_PEER);
            out.body(Ifinfomsg.CODEC, LinkCodec.unnamed());
            RouteAttributes.write(Ifla.IFNAME, peer, out);
            out.endNested();
        }

        @Override
        public String toString() {
            return name + " type veth peer " + peer;
        }
    }

    /** A link that drops what is sent on it; it keeps addresses. */
    record Dummy(String name) implements NewLink {
        public Dummy {
            requireName(name);
        }

        @Override
        public String kind() {
            return "dummy";
        }

        @Override
        public void encodeData(MessageWriter out) {}

        @Override
        public String toString() {
            return name + " type dummy";
        }
    }

    /**
     * Refuses what {@code dev_valid_name()} refuses, which takes a byte 0xa0 for white space; and names with a {@code %},
     * for which the kernel would make up another.
     */
    private static void requireName(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        boolean isValid = bytes.length >= 1 && bytes.length <= 15 && !name.equals(".") && !name.equals("..");
        for (byte each : bytes) {
            isValid &= "\0\t\n\u000b\f\r %/:\u00a0".indexOf(Byte.toUnsignedInt(each)) < 0;
        }
        if (!isValid) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is no name of a link: allowed are 1 to 15 bytes without"
                            + " white space, \"/\", \":\" and \"%\", and neither \".\" nor \"..\"");
        }
    }
}
