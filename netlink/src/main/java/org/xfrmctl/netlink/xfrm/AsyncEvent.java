package org.xfrmctl.netlink.xfrm;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmAeventId;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * Sequence numbers and use of one state, for a standby host ({@code XFRM_MSG_NEWAE} and {@code GETAE}): an event, what is
 * asked for, and what is set.
 *
 * @param flags {@code XFRM_AE_*}: why an event came, or which thresholds are asked for
 * @param values what is told or set; nothing in a question
 */
public record AsyncEvent(SaId id, IpAddress source, Reqid reqid, int flags, Mark mark, Values values) {
    private static final Set<Integer> KNOWN = Set.of(
            Xfrma.REPLAY_VAL,
            Xfrma.REPLAY_ESN_VAL,
            Xfrma.LTIME_VAL,
            Xfrma.REPLAY_THRESH,
            Xfrma.ETIMER_THRESH,
            Xfrma.MTIMER_THRESH,
            Xfrma.MARK,
            Xfrma.IF_ID,
            Xfrma.PAD);

    /** In a question: tell the threshold of sequence numbers too. */
    public static final int REPLAY_THRESHOLD = 1;
    /** In a question: tell the threshold of the timer too. */
    public static final int TIMER_THRESHOLD = 8;
    /** In an event: sequence numbers moved. */
    public static final int REPLAY_UPDATE = 16;
    /** In an event: the timer ran out. */
    public static final int TIMER_EXPIRED = 32;
    /** In an event: somebody set the values. */
    public static final int SET = 64;

    /**
     * What is told of a state, or set.
     *
     * @param replay sequence numbers; a {@link ReplayState.Basic} without its window, which is not told
     * @param current bytes, packets and times
     * @param thresholds when events come
     * @param ifId of the state
     * @param placement direction and CPU of the state (since Linux 6.10 and 6.13): told, never set
     * @param other attributes that are not interpreted
     */
    public record Values(
            Optional<ReplayState> replay,
            Optional<LifetimeCurrent> current,
            Thresholds thresholds,
            IfId ifId,
            Placement placement,
            List<RawAttribute> other) {
        public static final Values NONE = new Values(Optional.empty(), Optional.empty(), Thresholds.UNTOLD);

        /** These values and nothing else. */
        public Values(Optional<ReplayState> replay, Optional<LifetimeCurrent> current, Thresholds thresholds) {
            this(replay, current, thresholds, IfId.NONE, Placement.ANYWHERE, List.of());
        }

        public Values {
            if (placement.offload().isPresent()) {
                throw new IllegalArgumentException("the message has no place for a device: " + placement);
            }
            other = List.copyOf(other);
        }
    }

    /**
     * When events come.
     *
     * @param packets the least packets between two events
     * @param timer the least time between two events, in units of 100 ms
     * @param mapping the least seconds between two events about the same new port of a peer
     */
    public record Thresholds(OptionalInt packets, OptionalInt timer, OptionalInt mapping) {
        public static final Thresholds UNTOLD =
                new Thresholds(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    /** The question about a state, with {@link #REPLAY_THRESHOLD} and {@link #TIMER_THRESHOLD} as wanted. */
    public static AsyncEvent about(SaId id, Mark mark, int flags) {
        return new AsyncEvent(id, IpAddress.any(id.destination().family()), Reqid.NONE, flags, mark, Values.NONE);
    }

    /** Sets these values of a state; a bitmap must have the length that the state's has. */
    public static AsyncEvent set(SaId id, Mark mark, Values values) {
        return new AsyncEvent(id, IpAddress.any(id.destination().family()), Reqid.NONE, 0, mark, values);
    }

    /**
     * Reads NEWAE or GETAE.
     *
     * @throws org.xfrmctl.netlink.MalformedMessageException if it is neither
     */
    public static AsyncEvent decode(NetlinkMessage message) {
        XfrmAeventId raw = message.body(XfrmAeventId.CODEC);
        Attributes attributes = message.attributes(XfrmAeventId.CODEC.size());
        SaId id = StateCodec.id(raw.saId());
        Set<Integer> known = new HashSet<>(KNOWN);
        Placement placement = PlacementMapping.read(attributes, known);
        return new AsyncEvent(
                id,
                AddressMapping.toModel(raw.saddr(), id.destination().family()),
                new Reqid(raw.reqid()),
                raw.flags(),
                MarkMapping.mark(attributes),
                new Values(
                        ReplayMapping.find(attributes),
                        attributes
                                .find(Xfrma.LTIME_VAL)
                                .map(attribute -> LifetimeMapping.toModel(attribute.struct(XfrmLifetimeCur.CODEC))),
                        new Thresholds(
                                u32(attributes, Xfrma.REPLAY_THRESH),
                                u32(attributes, Xfrma.ETIMER_THRESH),
                                u32(attributes, Xfrma.MTIMER_THRESH)),
                        MarkMapping.ifId(attributes),
                        placement,
                        OtherAttributes.of(attributes, known)));
    }

    private static OptionalInt u32(Attributes attributes, int type) {
        Optional<Attribute> found = attributes.find(type);
        return found.isPresent() ? OptionalInt.of(found.get().u32()) : OptionalInt.empty();
    }

    /** Writes the body of NEWAE as a kernel does ({@code build_aevent()}). */
    public void encode(MessageWriter out) {
        write(values.placement, out);
    }

    /** Writes the body of NEWAE or GETAE as a client does, without what kernels refuse there. */
    public void encodeRequest(MessageWriter out) {
        write(Placement.ANYWHERE, out);
    }

    private void write(Placement placement, MessageWriter out) {
        out.body(
                XfrmAeventId.CODEC,
                new XfrmAeventId(StateCodec.rawId(id), AddressMapping.toWire(source), flags, reqid.bits()));
        values.replay.ifPresent(replay -> ReplayMapping.writeDump(replay, out));
        values.current.ifPresent(current -> {
            if (out.needsPadFor64Bits()) {
                out.attribute(Xfrma.PAD, new byte[0]);
            }
            out.attribute(Xfrma.LTIME_VAL, XfrmLifetimeCur.CODEC, LifetimeMapping.toWire(current));
        });
        Thresholds thresholds = values.thresholds;
        thresholds.packets.ifPresent(packets -> out.attributeU32(Xfrma.REPLAY_THRESH, packets));
        thresholds.timer.ifPresent(timer -> out.attributeU32(Xfrma.ETIMER_THRESH, timer));
        thresholds.mapping.ifPresent(seconds -> out.attributeU32(Xfrma.MTIMER_THRESH, seconds));
        MarkMapping.write(mark, out);
        MarkMapping.write(values.ifId, out);
        PlacementMapping.write(placement, out);
        OtherAttributes.write(values.other, out);
    }

    @Override
    public String toString() {
        return "src " + source + " " + id + (mark.isNone() ? "" : " mark " + mark) + " " + values;
    }
}
