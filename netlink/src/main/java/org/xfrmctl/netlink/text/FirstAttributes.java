package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * The attributes of a message as {@code ip} finds them: of several of one type the first, where the kernel and
 * {@link org.xfrmctl.netlink.message.Attributes} take the last, and none whose type has flag bits set.
 *
 * <p>Where keys are hidden, a message in which any length is wrong has none: what is key and what is attribute is then not
 * certain ({@link Plausibility}).
 */
final class FirstAttributes {
    private static final int HEADER = 4;
    private static final int TYPES = Xfrma.IPTFS_PKT_SIZE + 1;

    private final MessageView message;
    /** By type: where the payload begins, 0 if there is no such attribute. */
    private final int[] starts = new int[TYPES];

    private final int[] lengths = new int[TYPES];

    private FirstAttributes(MessageView message) {
        this.message = message;
    }

    /** Reads the attributes behind the struct that the body begins with. */
    static FirstAttributes behind(StructCodec<?> codec, MessageView message, TextPage page) {
        return read(message, NetlinkMessage.HEADER + codec.size(), page);
    }

    /** Reads from {@code offset} to the message's end; what is no attribute there is noted in the page's margin. */
    static FirstAttributes read(MessageView message, int offset, TextPage page) {
        FirstAttributes found = new FirstAttributes(message);
        Plausibility plausibility = new Plausibility(message);
        int at = offset;
        int left = message.end() - at;
        while (left >= HEADER) {
            int length = message.u16(at, message.end());
            if (length < HEADER || length > left) {
                break;
            }
            int type = message.u16(at + Short.BYTES, message.end());
            found.add(type, at + HEADER, length - HEADER);
            if (page.hidesKeys() && !plausibility.isGiven(type, at + HEADER, length - HEADER)) {
                return none(message, Xfrma.name(type) + " is not what a kernel sends", page);
            }
            at += length + 3 & ~3;
            left = message.end() - at;
        }
        if (left > 0 && page.hidesKeys()) {
            return none(message, "the attributes do not come out even", page);
        }
        if (left > 0) {
            page.complain("the last " + left + " bytes are no attribute");
        } else if (left < 0) {
            page.complain("the last attribute lacks " + -left + " bytes of padding");
        }
        return found;
    }

    private void add(int type, int start, int length) {
        if (type < TYPES && starts[type] == 0) {
            starts[type] = start;
            lengths[type] = length;
        }
    }

    private static FirstAttributes none(MessageView message, String why, TextPage page) {
        page.complain(why + ": no attribute of this message is shown, for which bytes are a key is not certain");
        return new FirstAttributes(message);
    }

    MessageView message() {
        return message;
    }

    boolean has(int type) {
        return starts[type] != 0;
    }

    /** Whether there is an attribute that is long enough for its struct; if not, that is noted in the page's margin. */
    boolean holds(TextPage page, int type, StructCodec<?> codec) {
        if (!has(type)) {
            page.complain("the message has no " + Xfrma.name(type));
        } else if (length(type) < codec.size()) {
            page.complain(Xfrma.name(type) + " needs " + codec.size() + " bytes, has " + length(type));
        } else {
            return true;
        }
        return false;
    }

    /** Where the payload of an attribute begins that there is. */
    int start(int type) {
        return starts[type];
    }

    int end(int type) {
        return starts[type] + lengths[type];
    }

    int length(int type) {
        return lengths[type];
    }

    /** The struct that an attribute begins with, or what {@code ip} takes for it if the attribute is shorter. */
    <T extends Record> T struct(int type, StructCodec<T> codec) {
        return message.struct(codec, starts[type], end(type));
    }

    int u8(int type) {
        return message.u8(starts[type], end(type));
    }

    int u16(int type) {
        return message.u16(starts[type], end(type));
    }

    int u32(int type) {
        return message.u32(starts[type], end(type));
    }

    /** Of an attribute that has 8 bytes. */
    long u64(int type) {
        return message.u64(starts[type]);
    }
}
