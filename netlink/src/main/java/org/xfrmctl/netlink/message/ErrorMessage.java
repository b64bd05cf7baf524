package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.uapi.Netlink;

/**
 * What NLMSG_ERROR and NLMSG_DONE say: {@code errno} 0 is success. Text and offset come from the extended ack, if the
 * socket asked for it; a malformed one is as good as none, so that it never hides the errno.
 *
 * @param offset of the field at fault, from the start of the request's header
 */
public record ErrorMessage(int errno, Optional<String> text, OptionalInt offset) {
    public static final ErrorMessage SUCCESS = new ErrorMessage(0, Optional.empty(), OptionalInt.empty());

    private static final int ECHO = NetlinkMessage.HEADER + 4;

    /** Reads NLMSG_ERROR, the ack included. */
    public static ErrorMessage readError(NetlinkMessage message) {
        return read(message, ECHO + echoLength(message));
    }

    /** Reads NLMSG_DONE. An empty one is success. */
    public static ErrorMessage readDone(NetlinkMessage message) {
        return message.bodyLength() == 0 ? SUCCESS : read(message, ECHO);
    }

    private static ErrorMessage read(NetlinkMessage message, int attributesAt) {
        ByteBuffer bytes = message.bytes();
        if (message.bodyLength() < 4) {
            throw new MalformedMessageException("nlmsgerr", 0, "has no error number");
        }
        int errno = -bytes.getInt(NetlinkMessage.HEADER);
        if (!message.has(Netlink.NLM_F_ACK_TLVS) || attributesAt < 0 || attributesAt > bytes.limit()) {
            return new ErrorMessage(errno, Optional.empty(), OptionalInt.empty());
        }
        Attributes attributes = Attributes.parseUpToFault(bytes, attributesAt);
        return new ErrorMessage(
                errno,
                attributes.find(Netlink.NLMSGERR_ATTR_MSG).map(Attribute::text),
                attributes
                        .find(Netlink.NLMSGERR_ATTR_OFFS)
                        .filter(offset -> offset.length() >= 4)
                        .map(offset -> OptionalInt.of(offset.u32()))
                        .orElse(OptionalInt.empty()));
    }

    /** How long the request's echo is; its header alone if it was capped. Negative if that cannot be. */
    private static int echoLength(NetlinkMessage message) {
        if (message.has(Netlink.NLM_F_CAPPED) || message.bodyLength() < 4 + NetlinkMessage.HEADER) {
            return NetlinkMessage.HEADER;
        }
        int length = message.bytes().getInt(ECHO);
        return length < 0 || length > message.bytes().limit() ? Integer.MIN_VALUE : Alignment.up(length);
    }

    /**
     * Writes the answer to {@code request} as {@code netlink_ack()} does: a success echoes the header only, an error the
     * whole request.
     *
     * @param portId the asking socket's
     * @param extended whether that socket wants extended acks
     */
    public void write(NetlinkMessage request, int portId, boolean extended, MessageWriter out) {
        boolean attributes = extended && (text.isPresent() || offset.isPresent());
        boolean capped = errno == 0;
        int flags = (capped ? Netlink.NLM_F_CAPPED : 0) | (attributes ? Netlink.NLM_F_ACK_TLVS : 0);
        out.begin(Netlink.NLMSG_ERROR, flags, request.sequence(), portId);
        out.bodyU32(-errno);
        byte[] echo = new byte[capped ? NetlinkMessage.HEADER : request.bytes().limit()];
        request.bytes().get(0, echo);
        out.body(echo);
        if (attributes) {
            text.ifPresent(
                    words -> out.attribute(Netlink.NLMSGERR_ATTR_MSG, (words + '\0').getBytes(StandardCharsets.UTF_8)));
            offset.ifPresent(at -> out.attributeU32(Netlink.NLMSGERR_ATTR_OFFS, at));
        }
        out.end();
    }
}
