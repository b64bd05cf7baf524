package org.xfrmctl.datapath.device;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.xfrmctl.model.IpAddress;

/**
 * Who has an IPv4 address on an Ethernet (RFC 826).
 *
 * <pre>
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |       Hardware: 1             |      Protocol: 0x0800         |
 * | Length: 6     | Length: 4     |      Operation                |
 * |    Sender's hardware address (6), protocol address (4)        |
 * |    Target's hardware address (6), protocol address (4)        |
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
record ArpMessage(
        boolean reply, MacAddress sender, IpAddress senderAddress, MacAddress target, IpAddress targetAddress) {
    private static final int LENGTH = 28;
    private static final long ETHERNET_AND_IPV4 = 0x0001_0800_0604L;
    private static final int OPERATION = 6;
    private static final int SENDER = 8;
    private static final int SENDER_ADDRESS = 14;
    private static final int TARGET = 18;
    private static final int TARGET_ADDRESS = 24;

    /** Empty for everything that is no request or reply about IPv4 on Ethernet. */
    static Optional<ArpMessage> read(byte[] bytes) {
        ByteBuffer message = ByteBuffer.wrap(bytes);
        if (bytes.length < LENGTH || message.getLong(0) >>> 16 != ETHERNET_AND_IPV4) {
            return Optional.empty();
        }
        int operation = message.getShort(OPERATION);
        return operation != 1 && operation != 2
                ? Optional.empty()
                : Optional.of(new ArpMessage(
                        operation == 2,
                        MacAddress.read(message, SENDER),
                        IpAddress.v4(message.getInt(SENDER_ADDRESS)),
                        MacAddress.read(message, TARGET),
                        IpAddress.v4(message.getInt(TARGET_ADDRESS))));
    }

    byte[] bytes() {
        ByteBuffer message = ByteBuffer.allocate(LENGTH);
        message.putLong(0, ETHERNET_AND_IPV4 << 16).putShort(OPERATION, (short) (reply ? 2 : 1));
        sender.write(message, SENDER);
        message.putInt(SENDER_ADDRESS, senderAddress.word0());
        target.write(message, TARGET);
        message.putInt(TARGET_ADDRESS, targetAddress.word0());
        return message.array();
    }
}
