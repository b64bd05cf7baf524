package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.uapi.Payload;
import org.xfrmctl.netlink.uapi.XfrmAlgo;
import org.xfrmctl.netlink.uapi.XfrmAlgoAead;
import org.xfrmctl.netlink.uapi.XfrmReplayStateEsn;
import org.xfrmctl.netlink.uapi.XfrmUserSecCtx;
import org.xfrmctl.netlink.uapi.XfrmUserTmpl;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * Whether a kernel can have sent an attribute of this length ({@code net/xfrm/xfrm_user.c, copy_to_user_state_extra()} and
 * its like). A key lies where lengths say, so where keys are hidden one that is wrong spoils them all: too short, and what
 * follows may be read from within a key; too long, and a key may be read as part of it. Newer kernels may append members to
 * a struct, which does no harm: nobody reads them.
 */
final class Plausibility {
    /** Without {@code NLA_F_NESTED} and {@code NLA_F_NET_BYTEORDER}. */
    private static final int TYPE_MASK = 0x3fff;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private final MessageView message;

    Plausibility(MessageView message) {
        this.message = message;
    }

    boolean isGiven(int type, int start, int length) {
        return switch (type & TYPE_MASK) {
            case 0 -> false;
            case Xfrma.ALG_AUTH, Xfrma.ALG_CRYPT, Xfrma.ALG_COMP ->
                length == XfrmAlgo.CODEC.size() + keyLength(start, length);
            case Xfrma.ALG_AEAD, Xfrma.ALG_AUTH_TRUNC -> length == XfrmAlgoAead.CODEC.size() + keyLength(start, length);
            case Xfrma.REPLAY_ESN_VAL -> length == bitmapEnd(start, length);
            case Xfrma.SEC_CTX -> length >= labelEnd(start, length);
            case Xfrma.TMPL -> areTemplates(start, length);
            default -> length >= shortest(type & TYPE_MASK);
        };
    }

    private long keyLength(int start, int length) {
        int bits = message.struct(XfrmAlgo.CODEC, start, start + length).algKeyLen();
        return (Integer.toUnsignedLong(bits) + 7) / 8;
    }

    private long bitmapEnd(int start, int length) {
        XfrmReplayStateEsn replay = message.struct(XfrmReplayStateEsn.CODEC, start, start + length);
        return XfrmReplayStateEsn.CODEC.size() + Integer.BYTES * Integer.toUnsignedLong(replay.bmpLen());
    }

    private int labelEnd(int start, int length) {
        XfrmUserSecCtx label = message.struct(XfrmUserSecCtx.CODEC, start, start + length);
        return XfrmUserSecCtx.CODEC.size() + Short.toUnsignedInt(label.ctxLen());
    }

    private boolean areTemplates(int start, int length) {
        int size = XfrmUserTmpl.CODEC.size();
        boolean families = true;
        for (int at = 0; at + size <= length; at += size) {
            short family = message.struct(XfrmUserTmpl.CODEC, start + at, start + length)
                    .family();
            families &= family == AF_INET || family == AF_INET6;
        }
        return families && length > 0 && length % size == 0;
    }

    private static int shortest(int type) {
        return Xfrma.TABLE.payload(type).map(Payload::shortest).orElse(0);
    }
}
