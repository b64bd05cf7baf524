package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.uapi.Netlink;

/**
 * What NLMSG_ERROR and NLMSG_DONE say: {@code errno} 0 is success. All else comes from the extended ack, if the socket
 * asked for it; a malformed one is as good as none, so that it never hides the errno.
 */
public record ErrorMessage(int errno, Optional<String> text, Fault fault) {
    public static final ErrorMessage SUCCESS = new ErrorMessage(0, Optional.empty(), Fault.UNTOLD);

    private static final int ECHO = NetlinkMessage.HEADER + 4;

    /**
     * Where the fault lies.
     *
     * @param offset of the field or attribute, from the start of the request's header
     * @param allowed what that attribute may be
     * @param missing the type of an attribute that is wanted and not there
     * @param missingIn the offset of the attribute that it should be nested in; empty for the message itself
     */
    public record Fault(
            OptionalInt offset, Optional<AttributePolicy> allowed, OptionalInt missing, OptionalInt missingIn) {
        public static final Fault UNTOLD =
                new Fault(OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

        /** A fault at this offset. */
        public static Fault at(int offset, Optional<AttributePolicy> allowed) {
            return new Fault(OptionalInt.of(offset), allowed, OptionalInt.empty(), OptionalInt.empty());
        }
    }

    /** A refusal that says no more than this. */
    public static ErrorMessage of(Errno errno, Optional<String> text) {
        return new ErrorMessage(errno.number(), text, Fault.UNTOLD);
    }

    /** Reads how a request ended, if this message says so: with NLMSG_ERROR, or a dump with NLMSG_DONE. */
    static Optional<ErrorMessage> find(NetlinkMessage message) {
        return switch (message.type()) {
            case Netlink.NLMSG_ERROR -> Optional.of(readError(message));
            case Netlink.NLMSG_DONE -> Optional.of(readDone(message));
            default -> Optional.empty();
        };
    }

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
            return errno == 0 ? SUCCESS : new ErrorMessage(errno, Optional.empty(), Fault.UNTOLD);
        }
        Attributes attributes = Attributes.parseUpToFault(bytes, attributesAt);
        Fault fault = new Fault(
                u32(attributes, Netlink.NLMSGERR_ATTR_OFFS),
                attributes.find(Netlink.NLMSGERR_ATTR_POLICY).map(AttributePolicy::read),
                u32(attributes, Netlink.NLMSGERR_ATTR_MISS_TYPE),
                u32(attributes, Netlink.NLMSGERR_ATTR_MISS_NEST));
        return new ErrorMessage(
                errno, attributes.find(Netlink.NLMSGERR_ATTR_MSG).map(Attribute::text), fault);
    }

    private static OptionalInt u32(Attributes attributes, int type) {
        Optional<Attribute> found = attributes.find(type).filter(attribute -> attribute.length() >= Integer.BYTES);
        return found.isPresent() ? OptionalInt.of(found.get().u32()) : OptionalInt.empty();
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
        boolean attributes = extended && (text.isPresent() || !fault.equals(Fault.UNTOLD));
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
            fault.offset.ifPresent(at -> out.attributeU32(Netlink.NLMSGERR_ATTR_OFFS, at));
            fault.allowed.ifPresent(allowed -> allowed.write(out));
            fault.missing.ifPresent(type -> out.attributeU32(Netlink.NLMSGERR_ATTR_MISS_TYPE, type));
            fault.missingIn.ifPresent(at -> out.attributeU32(Netlink.NLMSGERR_ATTR_MISS_NEST, at));
        }
        out.end();
    }
}
