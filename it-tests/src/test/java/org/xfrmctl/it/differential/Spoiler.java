package org.xfrmctl.it.differential;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmMsg;

/** Makes a request wrong in one place, as no client means to: a byte of its body, an attribute's type, length or place. */
final class Spoiler {
    private static final int ATTRIBUTE = 4;

    private final Random random;

    Spoiler(Random random) {
        this.random = random;
    }

    /** The header stays as it is but for its length, so that the request is answered. */
    byte[] spoil(byte[] request) {
        ByteBuffer whole = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
        int type = Short.toUnsignedInt(whole.getShort(4));
        int body = XfrmMsg.TABLE
                .body(type, Short.toUnsignedInt(whole.getShort(6)))
                .map(codec -> codec.size() + 3 & ~3)
                .orElse(0);
        int attributes = NetlinkMessage.HEADER + body;
        return switch (random.nextInt(5)) {
            case 0 -> cut(request, NetlinkMessage.HEADER + random.nextInt(request.length - NetlinkMessage.HEADER + 1));
            case 1 -> attributes < request.length ? attribute(request, attributes) : cut(request, attributes);
            case 2 -> attributes < request.length ? without(request, attributes) : request;
            default -> body == 0 ? request : flipped(request, NetlinkMessage.HEADER + meaningful(type, body));
        };
    }

    private static byte[] cut(byte[] request, int length) {
        byte[] shorter = Arrays.copyOf(request, length & ~3);
        ByteBuffer.wrap(shorter).order(ByteOrder.nativeOrder()).putInt(0, shorter.length);
        return shorter;
    }

    private byte[] flipped(byte[] request, int at) {
        byte[] changed = request.clone();
        changed[at] = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt());
        return changed;
    }

    /**
     * A byte of the body, but none of what has no meaning: padding, and what an IPv4 address leaves unused. A real kernel
     * gives those back as they came. Nor the range of an SPI, of which the kernel would draw one, nor a policy's
     * index, by which those of the kernel's own are told.
     */
    private int meaningful(int type, int body) {
        int at;
        do {
            at = random.nextInt(body);
        } while (isMeaningless(type, at));
        return at;
    }

    private static boolean isMeaningless(int type, int at) {
        return switch (type) {
            // Linux makes larval states of families that do not exist.
            case XfrmMsg.ALLOCSPI -> at == 212 || at == 213 || isMeaningless(XfrmMsg.NEWSA, at);
            case XfrmMsg.NEWSA, XfrmMsg.UPDSA, XfrmMsg.EXPIRE ->
                inSelector(at) || inAddress(at, 56) || inAddress(at, 80) || (at >= 77 && at < 80) || at >= 217;
            case XfrmMsg.DELSA, XfrmMsg.GETSA -> inAddress(at, 0) || at >= 23;
            case XfrmMsg.NEWAE, XfrmMsg.GETAE -> inAddress(at, 0) || inAddress(at, 24) || at == 23;
            case XfrmMsg.NEWPOLICY, XfrmMsg.UPDPOLICY, XfrmMsg.POLEXPIRE ->
                inSelector(at) || (at >= 156 && at < 160) || at >= 164;
            case XfrmMsg.DELPOLICY, XfrmMsg.GETPOLICY -> inSelector(at) || (at >= 56 && at < 60) || at >= 61;
            default -> false;
        };
    }

    private static boolean inSelector(int at) {
        return inAddress(at, 0) || inAddress(at, 16) || (at >= 45 && at < 48);
    }

    private static boolean inAddress(int at, int start) {
        return at >= start + 4 && at < start + 16;
    }

    /** Another type, with flag bits or without, or a length that is too short or too long. */
    private byte[] attribute(byte[] request, int first) {
        byte[] changed = request.clone();
        ByteBuffer view = ByteBuffer.wrap(changed).order(ByteOrder.nativeOrder());
        int at = chosen(view, first);
        int length = Short.toUnsignedInt(view.getShort(at));
        switch (random.nextInt(3)) {
            case 0 -> view.putShort(at + 2, (short) random.nextInt(48));
            case 1 -> view.putShort(at + 2, (short) (view.getShort(at + 2) | 0x4000 << random.nextInt(2)));
            default -> view.putShort(at, (short) Math.max(0, length - 8 + random.nextInt(13)));
        }
        return changed;
    }

    private byte[] without(byte[] request, int first) {
        ByteBuffer view = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
        int at = chosen(view, first);
        int end = Math.min(request.length, at + (Short.toUnsignedInt(view.getShort(at)) + 3 & ~3));
        byte[] shorter = new byte[request.length - (end - at)];
        System.arraycopy(request, 0, shorter, 0, at);
        System.arraycopy(request, end, shorter, at, request.length - end);
        ByteBuffer.wrap(shorter).order(ByteOrder.nativeOrder()).putInt(0, shorter.length);
        return shorter;
    }

    /** Where one of the attributes begins. */
    private int chosen(ByteBuffer request, int first) {
        int at = first;
        while (random.nextInt(3) != 0) {
            int next = at + (Short.toUnsignedInt(request.getShort(at)) + 3 & ~3);
            if (next + ATTRIBUTE > request.limit() || next == at) {
                break;
            }
            at = next;
        }
        return at;
    }
}
