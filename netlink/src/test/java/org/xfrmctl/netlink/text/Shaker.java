package org.xfrmctl.netlink.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * Makes messages odd: bytes of any value, attributes in any order and more than once, with flag bits, too short, too long,
 * with lengths that are not theirs, and an end that comes too early.
 */
final class Shaker {
    private final Random random;

    Shaker(Random random) {
        this.random = random;
    }

    NetlinkMessage shake(DraftMessage draft) {
        scatter(draft.body, 20);
        if (random.nextBoolean()) {
            Collections.shuffle(draft.attributes, random);
        }
        for (int i = 0; i < draft.attributes.size(); i++) {
            if (random.nextInt(4) == 0) {
                draft.attributes.set(i, shaken(draft.attributes.get(i)));
            }
        }
        if (random.nextInt(8) == 0 && !draft.attributes.isEmpty()) {
            RawAttribute twin = draft.attributes.get(random.nextInt(draft.attributes.size()));
            draft.attributes.add(random.nextInt(draft.attributes.size()), shaken(twin));
        }
        ByteBuffer bytes = draft.toBytes();
        if (random.nextInt(6) == 0) {
            lie(bytes, draft.offsets());
        }
        return cut(bytes);
    }

    private RawAttribute shaken(RawAttribute piece) {
        byte[] payload = piece.payload().toArray();
        int type = piece.type();
        switch (random.nextInt(6)) {
            case 0 -> payload = Arrays.copyOf(payload, random.nextInt(payload.length + 1));
            case 1 -> payload = Arrays.copyOf(payload, Math.max(0, payload.length - random.nextInt(8)));
            case 2 -> {
                payload = Arrays.copyOf(payload, payload.length + random.nextInt(70));
                scatter(payload, 4);
            }
            case 3 -> type = random.nextBoolean() ? type | 0x4000 << random.nextInt(2) : random.nextInt(50);
            case 4 -> scatter(payload, 8);
            default -> oddAlgorithm(type, payload);
        }
        return new RawAttribute(type, Bytes.of(payload));
    }

    /** A key of other than whole bytes, or shorter or longer than its attribute has room for; a name without an end. */
    private void oddAlgorithm(int type, byte[] payload) {
        boolean algorithm = type == Xfrma.ALG_AEAD
                || type == Xfrma.ALG_AUTH_TRUNC
                || type == Xfrma.ALG_AUTH
                || type == Xfrma.ALG_CRYPT
                || type == Xfrma.ALG_COMP;
        if (algorithm && payload.length >= 68) {
            ByteBuffer bytes = ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder());
            bytes.putInt(64, Math.max(0, bytes.getInt(64) + random.nextInt(200) - 100));
            if (random.nextInt(4) == 0) {
                Arrays.fill(payload, 0, 64, (byte) 'n');
            }
        }
    }

    /** Gives one in {@code rarity} bytes another value. */
    private void scatter(byte[] bytes, int rarity) {
        for (int i = 0; i < bytes.length; i++) {
            if (random.nextInt(rarity) == 0) {
                bytes[i] = (byte) (random.nextBoolean() ? random.nextInt(8) : random.nextInt());
            }
        }
    }

    /** An attribute's length that is not its own. */
    private void lie(ByteBuffer bytes, List<Integer> offsets) {
        if (!offsets.isEmpty()) {
            int at = offsets.get(random.nextInt(offsets.size()));
            int length = Short.toUnsignedInt(bytes.getShort(at));
            int lie = random.nextBoolean() ? random.nextInt(2 * length) : length + random.nextInt(9) - 4;
            bytes.putShort(at, (short) (random.nextInt(8) == 0 ? random.nextInt() : lie));
        }
    }

    /** The message's own length may lie too: it ends early, or between two multiples of 4. */
    private NetlinkMessage cut(ByteBuffer bytes) {
        int length = bytes.limit();
        switch (random.nextInt(12)) {
            case 0 -> length = NetlinkMessage.HEADER + random.nextInt(length - NetlinkMessage.HEADER + 1);
            case 1 -> length = Math.max(NetlinkMessage.HEADER, length - random.nextInt(4));
            default -> {}
        }
        bytes.putInt(0, length);
        return RandomMessages.message(bytes.slice(0, length).order(bytes.order()));
    }
}
