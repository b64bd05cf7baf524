package org.xfrmctl.netlink.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Nlmsghdr;

/** A message in its pieces, each of which may still be changed: the fixed part of its body, and attributes. */
final class DraftMessage {
    final int type;
    final byte[] body;
    /** Their types are all 16 bits of it. */
    final List<RawAttribute> attributes = new ArrayList<>();

    DraftMessage(int type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    /** Takes a message apart whose body begins with {@code fixed} bytes. */
    static DraftMessage of(NetlinkMessage message, int fixed) {
        byte[] body = new byte[fixed];
        message.bytes().get(NetlinkMessage.HEADER, body);
        DraftMessage draft = new DraftMessage(message.type(), body);
        for (Attribute attribute : message.attributes(fixed)) {
            draft.attributes.add(new RawAttribute(attribute.type(), Bytes.of(attribute.bytes())));
        }
        return draft;
    }

    /** Where each attribute's header comes to lie. */
    List<Integer> offsets() {
        List<Integer> offsets = new ArrayList<>();
        int at = NetlinkMessage.HEADER + padded(body.length);
        for (RawAttribute piece : attributes) {
            offsets.add(at);
            at += padded(4 + piece.payload().length());
        }
        return offsets;
    }

    /** Header, body and attributes, all padded. */
    ByteBuffer toBytes() {
        int size = NetlinkMessage.HEADER + padded(body.length);
        for (RawAttribute piece : attributes) {
            size += padded(4 + piece.payload().length());
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
        Nlmsghdr.CODEC.write(bytes, 0, new Nlmsghdr(size, (short) type, (short) 0, 0, 0));
        bytes.put(NetlinkMessage.HEADER, body);
        List<Integer> offsets = offsets();
        for (int i = 0; i < attributes.size(); i++) {
            RawAttribute piece = attributes.get(i);
            bytes.putShort(offsets.get(i), (short) (4 + piece.payload().length()));
            bytes.putShort(offsets.get(i) + 2, (short) piece.type());
            bytes.put(offsets.get(i) + 4, piece.payload().toArray());
        }
        return bytes;
    }

    private static int padded(int length) {
        return length + 3 & ~3;
    }
}
