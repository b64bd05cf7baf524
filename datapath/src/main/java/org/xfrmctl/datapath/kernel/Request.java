package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** A request that passed the checks that all have in common, and the socket that sent it. */
record Request(NetlinkMessage message, Attributes attributes, KernelSocket socket) {

    <T extends Record> T body(StructCodec<T> codec) {
        return message.body(codec);
    }

    boolean has(int attribute) {
        return attributes.has(attribute);
    }

    Attribute required(int attribute) {
        return attributes.find(attribute).orElseThrow();
    }

    /** Answers with one message; the acknowledgement, if one was asked for, comes behind it on its own. */
    void reply(int type, Consumer<MessageWriter> content) {
        socket.reply(write(type, message.sequence(), socket.portId(), content));
    }

    /**
     * The event that this request causes. It carries the sequence number and port id that stand in the request's
     * header, so a client can know its own echo by filling in the latter.
     */
    ByteBuffer event(int type, Consumer<MessageWriter> content) {
        return write(type, message.sequence(), message.header().pid(), content);
    }

    /** As {@link #event}, of an expiry that it brings about: the sequence number is 0 ({@code build_expire()}). */
    ByteBuffer expiry(XfrmEvent event) {
        return write(event.type(), 0, message.header().pid(), event::encode);
    }

    /** An event that names no request. */
    ByteBuffer anonymous(int type, Consumer<MessageWriter> content) {
        return write(type, 0, 0, content);
    }

    private ByteBuffer write(int type, int sequence, int portId, Consumer<MessageWriter> content) {
        MessageWriter writer = new MessageWriter(message.bytes().order());
        writer.begin(type, 0, sequence, portId);
        content.accept(writer);
        return writer.end().datagram();
    }
}
