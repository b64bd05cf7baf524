package org.xfrmctl.netlink.xfrm;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmReplayState;
import org.xfrmctl.netlink.uapi.XfrmReplayStateEsn;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Sequence numbers and windows: {@code XFRMA_REPLAY_ESN_VAL} if it is there, else the legacy pair. */
public final class ReplayMapping {
    /** {@code XFRMA_REPLAY_ESN_MAX}: 4096 packets. */
    private static final int MAX_WORDS = 4096 / 32;

    private ReplayMapping() {}

    public static ReplayState read(XfrmUsersaInfo info, Attributes attributes) {
        return read(Byte.toUnsignedInt(info.replayWindow()), attributes);
    }

    /** The sequence numbers that a message tells, if it tells any; the window of legacy ones is not among them. */
    static Optional<ReplayState> find(Attributes attributes) {
        boolean told = attributes.has(Xfrma.REPLAY_ESN_VAL) || attributes.has(Xfrma.REPLAY_VAL);
        return told ? Optional.of(read(0, attributes)) : Optional.empty();
    }

    private static ReplayState read(int window, Attributes attributes) {
        return attributes
                .find(Xfrma.REPLAY_ESN_VAL)
                .<ReplayState>map(ReplayMapping::extended)
                .orElseGet(() -> basic(window, attributes));
    }

    private static ReplayState basic(int window, Attributes attributes) {
        return attributes
                .find(Xfrma.REPLAY_VAL)
                .map(attribute -> attribute.struct(XfrmReplayState.CODEC))
                .map(raw -> new ReplayState.Basic(window, raw.oseq(), raw.seq(), raw.bitmap()))
                .orElseGet(() -> new ReplayState.Basic(window, 0, 0, 0));
    }

    public static ReplayState.Extended extended(Attribute attribute) {
        XfrmReplayStateEsn raw = attribute.struct(XfrmReplayStateEsn.CODEC);
        return new ReplayState.Extended(
                raw.replayWindow(),
                join(raw.oseqHi(), raw.oseq()),
                join(raw.seqHi(), raw.seq()),
                bitmap(attribute, raw.bmpLen()));
    }

    /** The words behind the struct. A request may leave all of them out: then they are zero. */
    private static List<Integer> bitmap(Attribute attribute, int words) {
        int head = XfrmReplayStateEsn.CODEC.size();
        if (Integer.compareUnsigned(words, MAX_WORDS) > 0) {
            throw new MalformedMessageException(
                    "xfrm_replay_state_esn", 0, "bmp_len is " + Integer.toUnsignedString(words));
        }
        if (attribute.length() == head) {
            return Collections.nCopies(words, 0);
        }
        if (attribute.length() < head + 4 * words) {
            throw new MalformedMessageException(
                    "xfrm_replay_state_esn", head, "has " + (attribute.length() - head) + " bytes of bitmap");
        }
        List<Integer> bitmap = new ArrayList<>(words);
        for (int i = 0; i < words; i++) {
            bitmap.add(attribute.payload().getInt(head + 4 * i));
        }
        return bitmap;
    }

    /** As a kernel dumps it: one of the two attributes is always there. */
    public static void writeDump(ReplayState replay, MessageWriter out) {
        if (replay instanceof ReplayState.Basic basic) {
            write(basic, out);
        } else if (replay instanceof ReplayState.Extended extended) {
            write(extended, out);
        }
    }

    /** As a request states it: numbers that stand at zero need not be sent. */
    static void writeRequest(ReplayState replay, MessageWriter out) {
        boolean untouched =
                replay instanceof ReplayState.Basic basic && (basic.outbound() | basic.inbound() | basic.bitmap()) == 0;
        if (!untouched) {
            writeDump(replay, out);
        }
    }

    /** The window as {@code xfrm_usersa_info} has it; 0 where the attribute tells. */
    static byte legacyWindow(ReplayState replay) {
        return replay instanceof ReplayState.Basic basic ? (byte) basic.window() : 0;
    }

    private static void write(ReplayState.Basic basic, MessageWriter out) {
        out.attribute(
                Xfrma.REPLAY_VAL,
                XfrmReplayState.CODEC,
                new XfrmReplayState(basic.outbound(), basic.inbound(), basic.bitmap()));
    }

    private static void write(ReplayState.Extended extended, MessageWriter out) {
        List<Integer> bitmap = extended.bitmap();
        XfrmReplayStateEsn raw = new XfrmReplayStateEsn(
                bitmap.size(),
                (int) extended.outbound(),
                (int) extended.inbound(),
                (int) (extended.outbound() >>> 32),
                (int) (extended.inbound() >>> 32),
                extended.window());
        int head = XfrmReplayStateEsn.CODEC.size();
        out.attribute(Xfrma.REPLAY_ESN_VAL, head + 4 * bitmap.size(), (ByteBuffer payload) -> {
            XfrmReplayStateEsn.CODEC.write(payload, 0, raw);
            for (int i = 0; i < bitmap.size(); i++) {
                payload.putInt(head + 4 * i, bitmap.get(i));
            }
        });
    }

    private static long join(int high, int low) {
        return (long) high << 32 | Integer.toUnsignedLong(low);
    }
}
