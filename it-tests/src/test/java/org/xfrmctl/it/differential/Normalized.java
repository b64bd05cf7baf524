package org.xfrmctl.it.differential;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xfrmctl.model.Family;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.ErrorMessage;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmAeventId;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserExpire;
import org.xfrmctl.netlink.uapi.XfrmUserPolexpire;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * Messages without what two kernels cannot agree on: port ids, times (0 stays 0), sizes of hash tables, what an address
 * in an event leaves unused, and what they count as long as they run: numbers of IPv6 tunnels and of acquires, and the
 * indexes that they give to policies by themselves. These become numbers in the order of their appearance.
 */
final class Normalized {
    private static final int STATE_TIMES = 176;
    private static final int STATE_SPI = 72;
    private static final int STATE_PROTOCOL = 76;
    private static final int STATE_SEQUENCE = 204;
    private static final int STATE_FAMILY = 212;
    private static final int IPV6_IN = 41;
    private static final int ACQUIRE_POLICY = 96;
    private static final int ACQUIRE_SEQUENCE = 276;
    private static final int SELECTOR_FAMILY = 40;
    private static final int POLICY_TIMES = 136;
    private static final int POLICY_INDEX = 156;
    private static final int LIFETIME_TIMES = 16;
    /** {@link SmallWorld#index} gives those from here on, and some bytes of them are spoiled. */
    private static final int CHOSEN = 0x20000000;
    /** Lower ones a client has given; one byte of them may be spoiled. */
    static final int FIRST_ACQUIRE = 256;

    /** Of the states beside IPComp tunnels over IPv6: a kernel counts them as long as it runs. */
    private final Map<Integer, Integer> numbers = new LinkedHashMap<>();

    private final Map<Integer, Integer> acquires = new LinkedHashMap<>();
    private final Map<Integer, Integer> indexes = new LinkedHashMap<>();

    /** Type, flags and everything behind the header. */
    String text(NetlinkMessage message) {
        if (message.type() == Netlink.NLMSG_ERROR || message.type() == Netlink.NLMSG_DONE) {
            return end(message);
        }
        ByteBuffer copy = ByteBuffer.allocate(message.bytes().limit())
                .order(message.bytes().order());
        copy.put(0, message.bytes(), 0, message.bytes().limit());
        NetlinkMessage changed = new NetlinkMessage(message.header(), copy);
        int body = NetlinkMessage.HEADER;
        switch (message.type()) {
            case XfrmMsg.NEWSA, XfrmMsg.UPDSA -> state(changed, body, XfrmUsersaInfo.CODEC);
            case XfrmMsg.EXPIRE -> state(changed, body, XfrmUserExpire.CODEC);
            case XfrmMsg.DELSA -> attributes(changed, XfrmUsersaId.CODEC);
            case XfrmMsg.NEWPOLICY, XfrmMsg.UPDPOLICY -> policy(changed, body, XfrmUserpolicyInfo.CODEC);
            case XfrmMsg.POLEXPIRE -> policy(changed, body, XfrmUserPolexpire.CODEC);
            case XfrmMsg.DELPOLICY -> {
                index(copy, body + 56);
                attributes(changed, XfrmUserpolicyId.CODEC);
            }
            case XfrmMsg.ACQUIRE -> {
                policy(copy, body + ACQUIRE_POLICY);
                acquire(copy, body + ACQUIRE_SEQUENCE);
            }
            case XfrmMsg.MAPPING -> addresses(copy, body);
            case XfrmMsg.NEWAE -> attributes(changed, XfrmAeventId.CODEC);
            case XfrmMsg.NEWSADINFO, XfrmMsg.NEWSPDINFO -> {
                for (Attribute attribute : changed.attributesUpToFault(4)) {
                    if (attribute.type() == 2) {
                        attribute.payload().putInt(0, 0);
                    }
                }
            }
            default -> {
                // It tells nothing of the kind.
            }
        }
        byte[] rest = new byte[copy.limit() - body];
        copy.get(body, rest);
        return XfrmMsg.name(message.type()) + " " + Integer.toHexString(message.flags()) + " "
                + HexFormat.of().formatHex(rest);
    }

    /** By what it says: where 64 bits stand at a multiple of 8, is a matter of the machine. */
    private static String end(NetlinkMessage message) {
        boolean done = message.type() == Netlink.NLMSG_DONE;
        ErrorMessage error = done ? ErrorMessage.readDone(message) : ErrorMessage.readError(message);
        return (done ? "DONE " : "ERROR ") + Integer.toHexString(message.flags()) + " "
                + Errno.of(error.errno()).map(Errno::name).orElse(Integer.toString(error.errno())) + " "
                + error.text().orElse("") + " " + error.fault();
    }

    private void state(NetlinkMessage message, int at, StructCodec<?> codec) {
        selector(message.bytes(), at);
        times(message.bytes(), at + STATE_TIMES);
        acquire(message.bytes(), at + STATE_SEQUENCE);
        if (message.bytes().get(at + STATE_PROTOCOL) == IPV6_IN) {
            message.bytes()
                    .putInt(
                            at + STATE_SPI,
                            numbers.computeIfAbsent(message.bytes().getInt(at + STATE_SPI), any -> numbers.size() + 1));
        }
        attributes(message, codec);
    }

    private void policy(NetlinkMessage message, int at, StructCodec<?> codec) {
        policy(message.bytes(), at);
        attributes(message, codec);
    }

    private void policy(ByteBuffer bytes, int at) {
        selector(bytes, at);
        times(bytes, at + POLICY_TIMES);
        index(bytes, at + POLICY_INDEX);
    }

    private void attributes(NetlinkMessage message, StructCodec<?> body) {
        for (Attribute attribute : message.attributesUpToFault(body.size())) {
            switch (attribute.type()) {
                case Xfrma.SA -> {
                    times(attribute.payload(), STATE_TIMES);
                    acquire(attribute.payload(), STATE_SEQUENCE);
                }
                case Xfrma.POLICY -> policy(attribute.payload(), 0);
                case Xfrma.LTIME_VAL -> times(attribute.payload(), LIFETIME_TIMES);
                case Xfrma.COADDR -> unused(message, attribute.payload());
                case Xfrma.LASTUSED -> time(attribute.payload(), 0);
                default -> {
                    // No times.
                }
            }
        }
    }

    /** When it was added, and first used. */
    private static void times(ByteBuffer bytes, int at) {
        time(bytes, at);
        time(bytes, at + Long.BYTES);
    }

    private static void time(ByteBuffer bytes, int at) {
        bytes.putLong(at, bytes.getLong(at) == 0 ? 0 : 1);
    }

    private void acquire(ByteBuffer bytes, int at) {
        int number = bytes.getInt(at);
        if (Integer.compareUnsigned(number, FIRST_ACQUIRE) >= 0) {
            bytes.putInt(at, acquires.computeIfAbsent(number, any -> acquires.size() + FIRST_ACQUIRE));
        }
    }

    /** Of a new port: a kernel copies into 16 bytes what has 4. */
    private static void addresses(ByteBuffer bytes, int at) {
        if (bytes.getShort(at + 20) == Family.INET.number()) {
            for (int address : new int[] {0, 28, 44}) {
                blank(bytes, at + address);
            }
        }
    }

    /** A selector of IPv4 comes back with all the 16 bytes that an address came with, which mean nothing. */
    private static void selector(ByteBuffer bytes, int at) {
        if (bytes.getShort(at + SELECTOR_FAMILY) == Family.INET.number()) {
            blank(bytes, at);
            blank(bytes, at + 16);
        }
    }

    /** What stands behind an IPv4 address. */
    private static void blank(ByteBuffer bytes, int address) {
        for (int i = 4; i < 16; i++) {
            bytes.put(address + i, (byte) 0);
        }
    }

    /** A care-of address of a state for IPv4 comes back with all the 16 bytes that it came with. */
    private static void unused(NetlinkMessage message, ByteBuffer address) {
        int at = NetlinkMessage.HEADER + STATE_FAMILY;
        if (message.bytes().limit() > at + 2 && message.bytes().getShort(at) == Family.INET.number()) {
            blank(address, 0);
        }
    }

    private void index(ByteBuffer bytes, int at) {
        int index = bytes.getInt(at);
        if (index != 0 && Integer.compareUnsigned(index, CHOSEN) < 0) {
            bytes.putInt(at, indexes.computeIfAbsent(index, any -> 8 * (indexes.size() + 1)) | (index & 7));
        }
    }
}
