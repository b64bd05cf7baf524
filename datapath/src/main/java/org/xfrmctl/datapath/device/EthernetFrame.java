package org.xfrmctl.datapath.device;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.InternetChecksum;
import org.xfrmctl.datapath.wire.TcpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;

/** An Ethernet frame (DIX) as it stands behind a {@code struct virtio_net_hdr} of packet(7). */
final class EthernetFrame {
    static final int IPV4 = 0x0800;
    static final int ARP = 0x0806;
    static final int IPV6 = 0x86dd;

    /** {@code struct virtio_net_hdr}: flags, segmentation, header length, segment size, where and what to sum. */
    private static final int VIRTIO_HEADER = 10;

    private static final int GSO_TYPE = 1;
    private static final int GSO_SIZE = 4;
    private static final int CSUM_START = 6;
    private static final int CSUM_OFFSET = 8;
    private static final int NEEDS_CSUM = 1;
    /** What is yet to be cut, and what receivers make of many (GRO): TCP, and the datagrams of UDP. */
    private static final int TCP_V4 = 1;

    private static final int TCP_V6 = 4;
    private static final int UDP = 5;
    private static final int ECN = 0x80;

    private static final int HEADER = 2 * MacAddress.LENGTH + 2;
    private static final int TYPE = 2 * MacAddress.LENGTH;

    private final MacAddress destination;
    private final MacAddress source;
    private final int type;
    private final byte[] payload;

    /** Takes over the payload. */
    EthernetFrame(MacAddress destination, MacAddress source, int type, byte[] payload) {
        this.destination = destination;
        this.source = source;
        this.type = type;
        this.payload = payload;
    }

    MacAddress destination() {
        return destination;
    }

    int type() {
        return type;
    }

    /** The frame's own. */
    byte[] payload() {
        return payload;
    }

    /** Reads a frame and finishes its checksum, or cuts it into many; none if it is none, or cannot be cut. */
    static List<EthernetFrame> read(ByteBuffer datagram) {
        if (datagram.remaining() < VIRTIO_HEADER + HEADER) {
            return List.of();
        }
        ByteBuffer virtio = datagram.slice(0, VIRTIO_HEADER).order(ByteOrder.nativeOrder());
        byte[] bytes = new byte[datagram.remaining() - VIRTIO_HEADER];
        datagram.get(VIRTIO_HEADER, bytes);
        int segments = virtio.get(GSO_TYPE) & 0xff & ~ECN;
        if (segments == 0 && (virtio.get(0) & NEEDS_CSUM) != 0) {
            finishChecksum(bytes, virtio.getShort(CSUM_START) & 0xffff, virtio.getShort(CSUM_OFFSET) & 0xffff);
        }
        byte[] payload = Arrays.copyOfRange(bytes, HEADER, bytes.length);
        int size = virtio.getShort(GSO_SIZE) & 0xffff;
        List<byte[]> packets = switch (segments) {
            case 0 -> List.of(payload);
            case TCP_V4, TCP_V6 -> Segmentation.cut(payload, TcpHeader.PROTOCOL, size);
            case UDP -> Segmentation.cut(payload, UdpHeader.PROTOCOL, size);
            default -> List.of();
        };
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        MacAddress destination = MacAddress.read(frame, 0);
        MacAddress source = MacAddress.read(frame, MacAddress.LENGTH);
        int type = frame.getShort(TYPE) & 0xffff;
        return packets.stream()
                .map(packet -> new EthernetFrame(destination, source, type, packet))
                .toList();
    }

    /** The field holds the sum of the pseudo header; what is missing is the sum of everything from {@code start} on. */
    private static void finishChecksum(byte[] bytes, int start, int offset) {
        if (start + offset + 2 > bytes.length) {
            return;
        }
        PacketBuffer frame = PacketBuffer.of(bytes);
        int sum = InternetChecksum.finish(InternetChecksum.sum(frame, start, bytes.length - start, 0));
        // In UDP a sum of 0 would say that there is none; to TCP both zeros are the same (RFC 768).
        ByteBuffer.wrap(bytes).putShort(start + offset, (short) (sum == 0 ? 0xffff : sum));
    }

    /** With a header that asks for nothing. */
    ByteBuffer bytes() {
        ByteBuffer frame = ByteBuffer.allocate(VIRTIO_HEADER + HEADER + payload.length);
        destination.write(frame, VIRTIO_HEADER);
        source.write(frame, VIRTIO_HEADER + MacAddress.LENGTH);
        frame.putShort(VIRTIO_HEADER + TYPE, (short) type);
        return frame.put(VIRTIO_HEADER + HEADER, payload);
    }
}
