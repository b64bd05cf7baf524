package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.XfrmAeventId;
import org.xfrmctl.netlink.uapi.XfrmAlgoAead;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmReplayStateEsn;
import org.xfrmctl.netlink.uapi.XfrmUserAcquire;
import org.xfrmctl.netlink.uapi.XfrmUserExpire;
import org.xfrmctl.netlink.uapi.XfrmUserMapping;
import org.xfrmctl.netlink.uapi.XfrmUserPolexpire;
import org.xfrmctl.netlink.uapi.XfrmUserReport;
import org.xfrmctl.netlink.uapi.XfrmUserTmpl;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * Messages for which {@code ip} has no defined answer, or one that this package does not have:
 *
 * <ul>
 *   <li>AEAD and AUTH_TRUNC whose key would be longer than the buffer: {@code ip} copies it onto its stack before it looks
 *       at the attribute's length, and dies, or prints what lay there;
 *   <li>a replay bitmap that would be longer than the buffer: it prints its stack;
 *   <li>times without a year that fits an int: 6.11 dies of them, and what is compared as 6.11 may;
 *   <li>times after the year 5.8 million in zones with summer time: glibc overflows when it looks for it;
 *   <li>the families AF_BRIDGE, AF_PACKET and AF_MPLS, whose addresses {@code ip} prints in ways of their own: no state or
 *       policy has them, and here they are question marks.
 * </ul>
 */
final class Unanswerable {
    private static final int AF_BRIDGE = 7;
    private static final int AF_PACKET = 17;
    private static final int AF_MPLS = 28;
    /** A few years are spared on each side. */
    private static final long LAST_SECOND = 67_767_900_000_000_000L;

    private static final long LAST_SUMMER = 180_000_000_000_000L;

    private final TextOptions options;
    private final MessageView message;
    private final int type;
    /** Its margin holds complaints that nobody reads here. */
    private final TextPage page;

    private Unanswerable(NetlinkMessage message, TextOptions options) {
        this.options = options;
        this.message = new MessageView(message, true);
        this.type = message.type();
        this.page = new TextPage(new StringBuilder(), options);
    }

    static boolean is(NetlinkMessage message, TextOptions options) {
        return new Unanswerable(message, options).isUnanswerable();
    }

    private boolean isUnanswerable() {
        return switch (type) {
            case XfrmMsg.NEWSA, XfrmMsg.UPDSA ->
                has(XfrmUsersaInfo.CODEC)
                        && (bad(message.body(XfrmUsersaInfo.CODEC)) || bad(behind(XfrmUsersaInfo.CODEC)));
            case XfrmMsg.EXPIRE ->
                has(XfrmUserExpire.CODEC)
                        && (bad(message.body(XfrmUserExpire.CODEC).state()) || bad(behind(XfrmUserExpire.CODEC)));
            case XfrmMsg.DELSA -> has(XfrmUsersaId.CODEC) && badDeleted(behind(XfrmUsersaId.CODEC));
            case XfrmMsg.NEWPOLICY, XfrmMsg.UPDPOLICY ->
                has(XfrmUserpolicyInfo.CODEC)
                        && (bad(message.body(XfrmUserpolicyInfo.CODEC)) || bad(behind(XfrmUserpolicyInfo.CODEC)));
            case XfrmMsg.POLEXPIRE ->
                has(XfrmUserPolexpire.CODEC)
                        && (bad(message.body(XfrmUserPolexpire.CODEC).pol()) || bad(behind(XfrmUserPolexpire.CODEC)));
            case XfrmMsg.DELPOLICY -> has(XfrmUserpolicyId.CODEC) && badDeletedPolicy(behind(XfrmUserpolicyId.CODEC));
            case XfrmMsg.ACQUIRE -> has(XfrmUserAcquire.CODEC) && bad(message.body(XfrmUserAcquire.CODEC));
            case XfrmMsg.REPORT ->
                has(XfrmUserReport.CODEC)
                        && (bad(message.body(XfrmUserReport.CODEC).sel().family())
                                || bad(behind(XfrmUserReport.CODEC)));
            case XfrmMsg.NEWAE -> bad(message.body(XfrmAeventId.CODEC).saId().family());
            case XfrmMsg.MAPPING -> bad(message.body(XfrmUserMapping.CODEC).id().family());
            default -> false;
        };
    }

    private boolean has(StructCodec<?> codec) {
        return message.hasBody(page, codec);
    }

    private FirstAttributes behind(StructCodec<?> codec) {
        return FirstAttributes.behind(codec, message, page);
    }

    private boolean badDeleted(FirstAttributes attributes) {
        return attributes.holds(page, Xfrma.SA, XfrmUsersaInfo.CODEC)
                && (bad(attributes.struct(Xfrma.SA, XfrmUsersaInfo.CODEC)) || bad(attributes));
    }

    private boolean badDeletedPolicy(FirstAttributes attributes) {
        return attributes.holds(page, Xfrma.POLICY, XfrmUserpolicyInfo.CODEC)
                && (bad(attributes.struct(Xfrma.POLICY, XfrmUserpolicyInfo.CODEC)) || bad(attributes));
    }

    private boolean bad(XfrmUserAcquire acquire) {
        return bad(acquire.sel().family()) || bad(acquire.policy()) || bad(behind(XfrmUserAcquire.CODEC));
    }

    private boolean bad(XfrmUsersaInfo state) {
        return bad(state.family()) || bad(state.sel().family()) || bad(state.curlft());
    }

    private boolean bad(XfrmUserpolicyInfo policy) {
        return bad(policy.sel().family()) || bad(policy.curlft());
    }

    private boolean bad(short family) {
        return family == AF_BRIDGE || family == AF_PACKET || family == AF_MPLS;
    }

    private boolean bad(XfrmLifetimeCur current) {
        return bad(current.addTime()) || bad(current.useTime());
    }

    private boolean bad(long time) {
        boolean hasSummer = !options.zone().getRules().isFixedOffset();
        boolean dies = !options.version().atLeast(Version.V6_19);
        return (hasSummer && time > LAST_SUMMER) || (dies && (time < -LAST_SECOND || time > LAST_SECOND));
    }

    private boolean bad(FirstAttributes attributes) {
        return badKey(attributes, Xfrma.ALG_AEAD)
                || badKey(attributes, Xfrma.ALG_AUTH_TRUNC)
                || badBitmap(attributes)
                || badTemplate(attributes)
                || (attributes.length(Xfrma.LASTUSED) >= Long.BYTES && bad(attributes.u64(Xfrma.LASTUSED)));
    }

    private static boolean badKey(FirstAttributes attributes, int type) {
        if (!attributes.has(type)) {
            return false;
        }
        int bits = attributes.struct(type, XfrmAlgoAead.CODEC).algKeyLen();
        return attributes.start(type) + XfrmAlgoAead.CODEC.size() + (bits >>> 3) > MessageFile.BUFFER;
    }

    private static boolean badBitmap(FirstAttributes attributes) {
        if (!attributes.has(Xfrma.REPLAY_ESN_VAL)) {
            return false;
        }
        long words = Integer.toUnsignedLong(attributes
                .struct(Xfrma.REPLAY_ESN_VAL, XfrmReplayStateEsn.CODEC)
                .bmpLen());
        int start = attributes.start(Xfrma.REPLAY_ESN_VAL) + XfrmReplayStateEsn.CODEC.size();
        return start + Integer.BYTES * words > MessageFile.BUFFER;
    }

    private boolean badTemplate(FirstAttributes attributes) {
        boolean bad = false;
        int size = XfrmUserTmpl.CODEC.size();
        for (int i = 0; i < attributes.length(Xfrma.TMPL) / size; i++) {
            int at = attributes.start(Xfrma.TMPL) + i * size;
            bad |= bad(message.struct(XfrmUserTmpl.CODEC, at, message.end()).family());
        }
        return bad;
    }
}
