package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.StructCodec;

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
        socket.reply(write(type, socket.portId(), content));
    }

    /**
     * The event that this request causes. It carries the sequence number and port id that stand in the request's
     * header, so a client can know its own echo by filling in the latter.
     */
    ByteBuffer event(int type, Consumer<MessageWriter> content) {
        return write(type, message.header().pid(), content);
    }

    private ByteBuffer write(int type, int portId, Consumer<MessageWriter> content) {
        MessageWriter writer = new MessageWriter(message.bytes().order());
        writer.begin(type, 0, message.sequence(), portId);
        content.accept(writer);
        return writer.end().datagram();
    }
}
