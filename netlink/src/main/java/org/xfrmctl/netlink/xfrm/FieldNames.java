package org.xfrmctl.netlink.xfrm;

import java.util.Optional;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.uapi.Nlmsghdr;
import org.xfrmctl.netlink.uapi.XfrmAlgo;
import org.xfrmctl.netlink.uapi.XfrmAlgoAead;
import org.xfrmctl.netlink.uapi.XfrmAlgoAuth;
import org.xfrmctl.netlink.uapi.XfrmEncapTmpl;
import org.xfrmctl.netlink.uapi.XfrmMark;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmReplayState;
import org.xfrmctl.netlink.uapi.XfrmReplayStateEsn;
import org.xfrmctl.netlink.uapi.XfrmUserTmpl;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUsersaFlush;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.XfrmUserspiInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Names the field at an offset of a request, the way an extended ack gives it. */
final class FieldNames {
    private static final int ATTRIBUTE_HEADER = 4;

    private FieldNames() {}

    /** For example {@code id.spi}, {@code alg_aead} or {@code tmpl[1].reqid}; empty if the offset lies outside. */
    static Optional<String> at(NetlinkMessage request, int offset) {
        if (offset < 0 || offset >= request.bytes().limit()) {
            return Optional.empty();
        }
        if (offset < NetlinkMessage.HEADER) {
            return Nlmsghdr.CODEC.memberAt(offset);
        }
        int size = body(request.type()).map(StructCodec::size).orElse(0);
        if (offset < NetlinkMessage.HEADER + size) {
            return body(request.type()).flatMap(codec -> codec.memberAt(offset - NetlinkMessage.HEADER));
        }
        if (request.bodyLength() < size) {
            return Optional.empty();
        }
        for (Attribute attribute : request.attributesUpToFault(size)) {
            int inside = offset - attribute.offset();
            if (inside >= 0 && inside < ATTRIBUTE_HEADER + attribute.length()) {
                return Optional.of(Xfrma.name(attribute.type()) + member(attribute, inside - ATTRIBUTE_HEADER));
            }
        }
        return Optional.empty();
    }

    private static String member(Attribute attribute, int inside) {
        Optional<? extends StructCodec<?>> codec = payload(attribute.type());
        if (inside < 0 || codec.isEmpty()) {
            return "";
        }
        boolean isList = attribute.type() == Xfrma.TMPL;
        int size = codec.get().size();
        String member = codec.get()
                .memberAt(isList ? inside % size : inside)
                .map(name -> "." + name)
                .orElse("");
        return isList ? "[" + inside / size + "]" + member : member;
    }

    private static Optional<? extends StructCodec<?>> body(int type) {
        return switch (type) {
            case XfrmMsg.NEWSA, XfrmMsg.UPDSA -> Optional.of(XfrmUsersaInfo.CODEC);
            case XfrmMsg.DELSA, XfrmMsg.GETSA -> Optional.of(XfrmUsersaId.CODEC);
            case XfrmMsg.NEWPOLICY, XfrmMsg.UPDPOLICY -> Optional.of(XfrmUserpolicyInfo.CODEC);
            case XfrmMsg.DELPOLICY, XfrmMsg.GETPOLICY -> Optional.of(XfrmUserpolicyId.CODEC);
            case XfrmMsg.ALLOCSPI -> Optional.of(XfrmUserspiInfo.CODEC);
            case XfrmMsg.FLUSHSA -> Optional.of(XfrmUsersaFlush.CODEC);
            default -> Optional.empty();
        };
    }

    private static Optional<? extends StructCodec<?>> payload(int type) {
        return switch (type) {
            case Xfrma.ALG_AEAD -> Optional.of(XfrmAlgoAead.CODEC);
            case Xfrma.ALG_AUTH_TRUNC -> Optional.of(XfrmAlgoAuth.CODEC);
            case Xfrma.ALG_AUTH, Xfrma.ALG_CRYPT, Xfrma.ALG_COMP -> Optional.of(XfrmAlgo.CODEC);
            case Xfrma.ENCAP -> Optional.of(XfrmEncapTmpl.CODEC);
            case Xfrma.MARK -> Optional.of(XfrmMark.CODEC);
            case Xfrma.REPLAY_VAL -> Optional.of(XfrmReplayState.CODEC);
            case Xfrma.REPLAY_ESN_VAL -> Optional.of(XfrmReplayStateEsn.CODEC);
            case Xfrma.TMPL -> Optional.of(XfrmUserTmpl.CODEC);
            default -> Optional.empty();
        };
    }
}
