package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.xfrmctl.datapath.kernel.RequestRefusedException.BadAttribute;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Netlink;

/**
 * The {@code NLMSG_ERROR} that ends a request ({@code netlink_ack()}). The original comes back whole with an error, and
 * as its header only with a success; the extended ack's text may go with either.
 */
final class Acknowledgement {
    private Acknowledgement() {}

    static ByteBuffer success(NetlinkMessage request, int portId, Optional<String> warning) {
        return write(request, portId, 0, warning, Optional.empty());
    }

    static ByteBuffer refusal(
            NetlinkMessage request, int portId, RequestRefusedException refused, Optional<String> warning) {
        return write(request, portId, refused.errno().number(), refused.text().or(() -> warning), refused.attribute());
    }

    private static ByteBuffer write(
            NetlinkMessage request, int portId, int error, Optional<String> text, Optional<BadAttribute> attribute) {
        int flags = (error == 0 ? Netlink.NLM_F_CAPPED : 0)
                | (text.isPresent() || attribute.isPresent() ? Netlink.NLM_F_ACK_TLVS : 0);
        MessageWriter writer = new MessageWriter(request.bytes().order());
        writer.begin(Netlink.NLMSG_ERROR, flags, request.sequence(), portId).bodyU32(-error);
        byte[] original =
                new byte[error == 0 ? NetlinkMessage.HEADER : request.bytes().limit()];
        request.bytes().get(0, original);
        writer.body(original);
        text.ifPresent(message ->
                writer.attribute(Netlink.NLMSGERR_ATTR_MSG, (message + "\0").getBytes(StandardCharsets.US_ASCII)));
        attribute.ifPresent(bad -> {
            writer.attributeU32(Netlink.NLMSGERR_ATTR_OFFS, bad.offset());
            bad.number().ifPresent(number -> number.write(writer));
        });
        return writer.end().datagram();
    }
}
