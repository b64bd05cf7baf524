package org.xfrmctl.netlink.xfrm;

import java.util.Optional;
import java.util.StringJoiner;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmInfoAttribute;
import org.xfrmctl.netlink.uapi.XfrmuSpdhinfo;
import org.xfrmctl.netlink.uapi.XfrmuSpdhthresh;
import org.xfrmctl.netlink.uapi.XfrmuSpdinfo;

/** How many policies there are by direction, and the SPD's hash table. */
public record SpdInfo(Counts policies, Counts socketPolicies, Hash hash) {
    /** A number per direction. */
    public record Counts(int in, int out, int fwd) {}

    /** The table's mask (not its size), the most buckets it may have, and the prefix lengths from which on it is used. */
    public record Hash(int mask, int maxBuckets, Threshold ipv4, Threshold ipv6) {}

    /** Prefix lengths of the local and the remote address. */
    public record Threshold(int local, int remote) {
        public Threshold {
            if (((local | remote) & ~0xff) != 0) {
                throw new IllegalArgumentException("thresholds " + local + " and " + remote + ": each has 8 bits");
            }
        }

        @Override
        public String toString() {
            return local + " " + remote;
        }
    }

    /** From which prefix lengths on policies are hashed; what is absent stays as it is. */
    public record Thresholds(Optional<Threshold> ipv4, Optional<Threshold> ipv6) {
        void encode(MessageWriter out) {
            ipv4.ifPresent(threshold ->
                    out.attribute(XfrmInfoAttribute.SPD_IPV4_HTHRESH, XfrmuSpdhthresh.CODEC, raw(threshold)));
            ipv6.ifPresent(threshold ->
                    out.attribute(XfrmInfoAttribute.SPD_IPV6_HTHRESH, XfrmuSpdhthresh.CODEC, raw(threshold)));
        }

        /** In the words of {@code ip xfrm policy set}, for example {@code hthresh4 24 32}. */
        @Override
        public String toString() {
            StringJoiner words = new StringJoiner(" ");
            ipv4.ifPresent(threshold -> words.add("hthresh4 " + threshold));
            ipv6.ifPresent(threshold -> words.add("hthresh6 " + threshold));
            return words.toString();
        }
    }

    /** Reads NEWSPDINFO. */
    public static SpdInfo decode(NetlinkMessage message) {
        Attributes attributes = message.attributes(4);
        XfrmuSpdinfo counts = attributes
                .find(XfrmInfoAttribute.SPD_INFO)
                .map(attribute -> attribute.struct(XfrmuSpdinfo.CODEC))
                .orElseGet(() -> new XfrmuSpdinfo(0, 0, 0, 0, 0, 0));
        XfrmuSpdhinfo table = attributes
                .find(XfrmInfoAttribute.SPD_HINFO)
                .map(attribute -> attribute.struct(XfrmuSpdhinfo.CODEC))
                .orElseGet(() -> new XfrmuSpdhinfo(0, 0));
        return new SpdInfo(
                new Counts(counts.incnt(), counts.outcnt(), counts.fwdcnt()),
                new Counts(counts.inscnt(), counts.outscnt(), counts.fwdscnt()),
                new Hash(
                        table.spdhcnt(),
                        table.spdhmcnt(),
                        threshold(attributes, XfrmInfoAttribute.SPD_IPV4_HTHRESH, 32),
                        threshold(attributes, XfrmInfoAttribute.SPD_IPV6_HTHRESH, 128)));
    }

    private static Threshold threshold(Attributes attributes, int type, int unstated) {
        return attributes
                .find(type)
                .map(attribute -> attribute.struct(XfrmuSpdhthresh.CODEC))
                .map(raw -> new Threshold(Byte.toUnsignedInt(raw.lbits()), Byte.toUnsignedInt(raw.rbits())))
                .orElseGet(() -> new Threshold(unstated, unstated));
    }

    /** Writes NEWSPDINFO; {@code flags} come from the request. */
    public void encode(int flags, MessageWriter out) {
        XfrmuSpdinfo counts = new XfrmuSpdinfo(
                policies.in, policies.out, policies.fwd, socketPolicies.in, socketPolicies.out, socketPolicies.fwd);
        out.bodyU32(flags)
                .attribute(XfrmInfoAttribute.SPD_INFO, XfrmuSpdinfo.CODEC, counts)
                .attribute(
                        XfrmInfoAttribute.SPD_HINFO, XfrmuSpdhinfo.CODEC, new XfrmuSpdhinfo(hash.mask, hash.maxBuckets))
                .attribute(XfrmInfoAttribute.SPD_IPV4_HTHRESH, XfrmuSpdhthresh.CODEC, raw(hash.ipv4))
                .attribute(XfrmInfoAttribute.SPD_IPV6_HTHRESH, XfrmuSpdhthresh.CODEC, raw(hash.ipv6));
    }

    private static XfrmuSpdhthresh raw(Threshold threshold) {
        return new XfrmuSpdhthresh((byte) threshold.local, (byte) threshold.remote);
    }
}
