package org.xfrmctl.netlink.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmAlgo;
import org.xfrmctl.netlink.uapi.XfrmAlgoAead;
import org.xfrmctl.netlink.uapi.XfrmReplayStateEsn;
import org.xfrmctl.netlink.uapi.Xfrma;

/** A message whose lengths lie, and where its keys are. */
final class LyingMessage {
    /** What a template is long: as part of one a key does not break its attribute's length. */
    private static final int TEMPLATE = 64;

    private final Random random;
    private final ByteBuffer bytes;
    private final List<Integer> keyBytes = new ArrayList<>();

    LyingMessage(DraftMessage draft, Random random) {
        this.random = random;
        Collections.shuffle(draft.attributes, random);
        draft.attributes.replaceAll(this::odd);
        bytes = draft.toBytes();
        List<Integer> offsets = draft.offsets();
        for (int i = 0; i < offsets.size(); i++) {
            RawAttribute piece = draft.attributes.get(i);
            for (int at = head(piece.type()); at < piece.payload().length(); at++) {
                keyBytes.add(offsets.get(i) + 4 + at);
            }
        }
        for (int lies = random.nextInt(3); lies > 0; lies--) {
            lie(offsets, random.nextInt(offsets.size()));
        }
    }

    /** The message with all bytes of its keys alike. */
    NetlinkMessage withKeys(byte value) {
        ByteBuffer copy =
                ByteBuffer.allocate(bytes.limit()).order(bytes.order()).put(0, bytes, 0, bytes.limit());
        keyBytes.forEach(at -> copy.put(at, value));
        return RandomMessages.message(copy);
    }

    /** Any length, one that is somewhat off, or one that reaches to the end of a later attribute. */
    private void lie(List<Integer> offsets, int which) {
        int at = offsets.get(which);
        int length = Short.toUnsignedInt(bytes.getShort(at));
        int last = Math.min(which + 1 + random.nextInt(3), offsets.size() - 1);
        int lie = switch (random.nextInt(3)) {
            case 0 -> random.nextInt(2 * length + 100);
            case 1 -> Math.max(0, length + 4 * (random.nextInt(9) - 4));
            default -> offsets.get(last) + Short.toUnsignedInt(bytes.getShort(offsets.get(last))) - at;
        };
        bytes.putShort(at, (short) lie);
        if (bytes.getShort(at + 2) == Xfrma.REPLAY_ESN_VAL && lie > length) {
            int words = random.nextInt(lie / 4);
            // As many as the attribute then has would be no lie: its bytes are a bitmap, whatever they were before.
            boolean fits = 4 + XfrmReplayStateEsn.CODEC.size() + 4 * words == lie;
            bytes.putInt(at + 4, fits ? words + 1 : words);
        }
    }

    /** Too short, with flag bits, or with numbers inside that lie: the length of a key, a bitmap or a label. */
    private RawAttribute odd(RawAttribute piece) {
        byte[] payload = piece.payload().toArray();
        int type = piece.type();
        boolean algorithm = head(type) <= payload.length;
        switch (random.nextInt(60)) {
            case 0 -> payload = Arrays.copyOf(payload, random.nextInt(payload.length + 1));
            case 1 -> type |= 0x4000 << random.nextInt(2);
            case 2 -> {
                if (algorithm) {
                    Arrays.fill(payload, 0, XfrmAlgo.CODEC.size() - 4, (byte) 'n');
                }
            }
            case 3, 4 -> {
                ByteBuffer view = ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder());
                if (algorithm) {
                    view.putInt(XfrmAlgo.CODEC.size() - 4, random.nextInt(1 << random.nextInt(1, 31)));
                } else if (type == Xfrma.REPLAY_ESN_VAL) {
                    view.putInt(0, random.nextInt(100));
                } else if (type == Xfrma.SEC_CTX) {
                    view.putShort(6, (short) random.nextInt());
                }
            }
            default -> {
                if (algorithm && random.nextBoolean()) {
                    payload = likeTemplates(payload, head(type));
                }
            }
        }
        return new RawAttribute(type, Bytes.of(payload));
    }

    /** Lengthens a key so that the attribute is as long as templates. */
    private static byte[] likeTemplates(byte[] payload, int head) {
        int length = (payload.length + 4 + TEMPLATE - 1) / TEMPLATE * TEMPLATE - 4;
        byte[] longer = Arrays.copyOf(payload, length);
        ByteBuffer.wrap(longer).order(ByteOrder.nativeOrder()).putInt(XfrmAlgo.CODEC.size() - 4, 8 * (length - head));
        return longer;
    }

    /** How many bytes stand before a key; more than there are where there is no key. */
    private static int head(int type) {
        return switch (type & 0x3fff) {
            case Xfrma.ALG_AUTH, Xfrma.ALG_CRYPT, Xfrma.ALG_COMP -> XfrmAlgo.CODEC.size();
            case Xfrma.ALG_AEAD, Xfrma.ALG_AUTH_TRUNC -> XfrmAlgoAead.CODEC.size();
            default -> Integer.MAX_VALUE;
        };
    }
}
