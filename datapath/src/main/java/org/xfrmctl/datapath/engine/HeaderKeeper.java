package org.xfrmctl.datapath.engine;

import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Family;

/** Holds the IP header of a transport-mode packet while the payload behind it changes its size. */
final class HeaderKeeper {
    private byte[] header = new byte[60];
    private int length;

    /** Takes the header off; the buffer is then the payload alone. */
    void take(PacketBuffer packet, int count) {
        if (header.length < count) {
            header = new byte[count];
        }
        length = count;
        System.arraycopy(packet.array(), packet.start(), header, 0, count);
        packet.dropFront(count);
    }

    /** The bytes taken off, of {@link #length()}; what follows them in the array is left from another packet. */
    byte[] header() {
        return header;
    }

    int length() {
        return length;
    }

    Family family() {
        return header[0] >> 4 == 4 ? Family.INET : Family.INET6;
    }

    /** Brings the length of the packet up to date, as AH authenticates it. */
    void announce(int payloadLength) {
        int version = header[0] >> 4;
        int at = version == 4 ? 2 : 4;
        int value = version == 4 ? length + payloadLength : length + payloadLength - 40;
        header[at] = (byte) (value >> 8);
        header[at + 1] = (byte) value;
    }

    /** As {@link #announce(int)}, with the protocol of what follows. */
    void announce(int payloadLength, int field, int protocol) {
        announce(payloadLength);
        header[field] = (byte) protocol;
    }

    /** Puts it before the new payload; {@code field} is the byte that names what follows. */
    void putBack(Packet packet, int field, int protocol) {
        PacketBuffer payload = packet.buffer();
        payload.addFront(length);
        System.arraycopy(header, 0, payload.array(), payload.start(), length);
        payload.u8(field, protocol);
        // The old total length may exceed what is there now: the view must not check it.
        int version = payload.u8(0) >> 4;
        if (version == 4) {
            payload.u16(2, payload.length());
        } else {
            payload.u16(4, payload.length() - 40);
        }
        IpHeader ip = packet.header();
        if (ip == null) {
            throw new IllegalStateException("the IP header that was sound when it was taken off is no longer");
        }
        ip.finish(payload.length());
    }
}
