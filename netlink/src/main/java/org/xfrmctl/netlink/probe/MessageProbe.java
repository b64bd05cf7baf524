package org.xfrmctl.netlink.probe;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Selector;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyType;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.SelectorMapping;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * Finds out which messages and attributes a kernel knows. To each question belongs another one whose answer is known
 * beforehand: a kernel that answers both alike has not been asked anything.
 */
final class MessageProbe {
    /** The highest there is room for; kernels pass over what they do not know. */
    private static final int UNKNOWN_ATTRIBUTE = 0x3fff;

    private static final int MAIN = 0;
    private static final int SUB = 1;
    private static final int UNKNOWN_TYPE = 0xff;
    /** Names no policy: an index has its direction in the lowest three bits, and 7 is none ({@code xfrm_policy_byid()}). */
    private static final int NO_INDEX = 7;

    private final XfrmClient client;

    MessageProbe(XfrmClient client) {
        this.client = client;
    }

    /**
     * A known attribute of one byte too few is refused, an unknown one is passed over ({@code validate_nla()}): with ERANGE,
     * and with EINVAL from SA_DIR on, where the check is stricter.
     */
    Support attribute(int type) {
        byte[] tooShort = new byte[Xfrma.TABLE.payload(type).orElseThrow().shortest() - 1];
        Answer answer = ask(sadInfo(type, tooShort));
        if (!passesOver(tooShort)) {
            return Support.UNKNOWN;
        }
        if (answer.is(Errno.ERANGE) || answer.is(Errno.EINVAL)) {
            return Support.YES;
        }
        return answer.accepted() ? Support.NO : Support.UNKNOWN;
    }

    private boolean passesOver(byte[] payload) {
        return ask(sadInfo(UNKNOWN_ATTRIBUTE, payload)).accepted();
    }

    private static Request sadInfo(int type, byte[] payload) {
        return new Request(
                XfrmMsg.GETSADINFO,
                0,
                "ask for",
                Xfrma.name(type),
                out -> out.bodyU32(0).attribute(type, payload));
    }

    /** Types are looked at before policies ({@code xfrm_get_policy()}): the main one is known, and some are to nobody. */
    Support subPolicies() {
        boolean looksAtTypes =
                ask(policy(MAIN)).is(Errno.ENOENT) && ask(policy(UNKNOWN_TYPE)).is(Errno.EINVAL);
        Answer answer = ask(policy(SUB));
        if (looksAtTypes && answer.is(Errno.ENOENT)) {
            return Support.YES;
        }
        return looksAtTypes && answer.is(Errno.EINVAL) ? Support.NO : Support.UNKNOWN;
    }

    private static Request policy(int type) {
        XfrmUserpolicyId nobody = new XfrmUserpolicyId(
                SelectorMapping.toWire(Selector.any(Family.INET)), NO_INDEX, (byte) Direction.OUT.number());
        return new Request(
                XfrmMsg.GETPOLICY,
                0,
                "get policy of type",
                type,
                out -> out.body(XfrmUserpolicyId.CODEC, nobody)
                        .attribute(
                                Xfrma.POLICY_TYPE,
                                XfrmUserpolicyType.CODEC,
                                new XfrmUserpolicyType((byte) type, (short) 0, (byte) 0)));
    }

    /** Types of messages that a kernel does not know are refused with EINVAL ({@code xfrm_user_rcv_msg()}). */
    Support defaultPolicies() {
        try {
            client.getDefaults();
            return Support.YES;
        } catch (NetlinkException refusal) {
            boolean unknown = Answer.of(Optional.of(refusal)).is(Errno.EINVAL);
            return unknown && passesOver(new byte[0]) ? Support.NO : Support.UNKNOWN;
        }
    }

    /**
     * A request without anything to move is refused by {@code xfrm_do_migrate()}, with another errno where there is no
     * migration. Its attributes are looked at first, and only if the type of the message is known.
     */
    Support migration() {
        boolean isKnown = ask(migrate(Optional.of(new byte[1]))).is(Errno.ERANGE);
        Answer answer = ask(migrate(Optional.empty()));
        if (isKnown && answer.is(Errno.EINVAL)) {
            return Support.YES;
        }
        boolean unsupported = answer.is(Errno.ENOPROTOOPT) || answer.is(Errno.EOPNOTSUPP);
        return isKnown && unsupported ? Support.NO : Support.UNKNOWN;
    }

    private static Request migrate(Optional<byte[]> moves) {
        int size = XfrmMsg.TABLE.body(XfrmMsg.MIGRATE).orElseThrow().size();
        return new Request(XfrmMsg.MIGRATE, 0, "migrate nothing", out -> {
            out.body(new byte[size]);
            moves.ifPresent(payload -> out.attribute(Xfrma.MIGRATE, payload));
        });
    }

    private Answer ask(Request request) {
        return Answer.of(client.executeAll(List.of(request)).get(0));
    }
}
