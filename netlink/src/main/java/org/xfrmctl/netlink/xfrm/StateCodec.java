package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.AddressAttribute;
import org.xfrmctl.netlink.uapi.XfrmUserExpire;
import org.xfrmctl.netlink.uapi.XfrmUserMapping;
import org.xfrmctl.netlink.uapi.XfrmUserReport;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * States as netlink carries them, for both sides. A kernel that wants to check raw values first reads
 * {@code message.body(XfrmUsersaInfo.CODEC)} and {@code message.attributes(224)}, and maps them when they pass.
 *
 * <p>The writing methods add body and attributes to a message that the caller has begun and will end.
 */
public final class StateCodec {
    private StateCodec() {}

    /**
     * Reads NEWSA or UPDSA, as request, reply or event.
     *
     * @throws org.xfrmctl.netlink.MalformedMessageException if it is none
     */
    public static XfrmState decode(NetlinkMessage message) {
        return decode(message.body(XfrmUsersaInfo.CODEC), message.attributes(XfrmUsersaInfo.CODEC.size()));
    }

    /** Maps what was read. Attributes without a place in the model, also those of requests, end up in {@code other}. */
    public static XfrmState decode(XfrmUsersaInfo info, Attributes attributes) {
        return StateReader.read(info, attributes);
    }

    /** Writes NEWSA or UPDSA as a client sends it. */
    public static void encodeRequest(XfrmState state, MessageWriter out) {
        out.body(XfrmUsersaInfo.CODEC, StateWriter.requestInfo(state));
        StateWriter.requestAttributes(state, out);
    }

    /** Writes NEWSA or UPDSA as a kernel does in dumps, replies and events ({@code dump_one_state()}). */
    public static void encodeDump(XfrmState state, MessageWriter out) {
        out.body(XfrmUsersaInfo.CODEC, info(state));
        StateWriter.dumpAttributes(state, out);
    }

    /** Writes the DELSA event: the id, the state as an attribute, then the state's own ({@code xfrm_notify_sa()}). */
    public static void encodeDeleted(XfrmState state, MessageWriter out) {
        out.body(XfrmUsersaId.CODEC, rawId(state.id()));
        out.attribute(Xfrma.SA, XfrmUsersaInfo.CODEC, info(state));
        StateWriter.dumpAttributes(state, out);
    }

    /** Writes EXPIRE as a client sends it. It says no direction: since Linux 6.10 kernels refuse one here. */
    static void encodeExpire(XfrmState state, boolean hard, MessageWriter out) {
        out.body(XfrmUserExpire.CODEC, new XfrmUserExpire(info(state), (byte) (hard ? 1 : 0)));
        MarkMapping.write(state.mark(), out);
    }

    /** Writes the EXPIRE event ({@code net/xfrm/xfrm_user.c, build_expire()}). */
    public static void encodeExpired(XfrmState state, boolean hard, MessageWriter out) {
        encodeExpire(state, hard, out);
        MarkMapping.write(state.ifId(), out);
        PlacementMapping.write(state.options().placement(), out);
        OtherAttributes.write(state.options().other(), out);
    }

    /** Writes the MAPPING event ({@code build_mapping()}). */
    static void encodeMapped(XfrmEvent.Mapped mapped, MessageWriter out) {
        out.body(
                XfrmUserMapping.CODEC,
                new XfrmUserMapping(
                        rawId(mapped.id()),
                        mapped.reqid().bits(),
                        AddressMapping.toWire(mapped.before().address()),
                        AddressMapping.toWire(mapped.after().address()),
                        (short) mapped.before().port(),
                        (short) mapped.after().port()));
        OtherAttributes.write(mapped.other(), out);
    }

    /** Writes the REPORT event ({@code build_report()}). */
    static void encodeReported(XfrmEvent.Reported reported, MessageWriter out) {
        out.body(
                XfrmUserReport.CODEC,
                new XfrmUserReport((byte) reported.protocol().number(), SelectorMapping.toWire(reported.packet())));
        reported.careOf().ifPresent(address -> OptionsWriter.writeCareOf(address, out));
        OtherAttributes.write(reported.other(), out);
    }

    /** Writes the body of GETSA or DELSA as a client sends it. */
    public static void encodeKey(StateKey key, MessageWriter out) {
        out.body(XfrmUsersaId.CODEC, rawId(key.id()));
        if (!key.id().protocol().isIpsec()) {
            out.attribute(
                    Xfrma.SRCADDR, AddressAttribute.CODEC, new AddressAttribute(AddressMapping.toWire(key.source())));
        }
        MarkMapping.write(key.mark(), out);
    }

    /**
     * Reads GETSA or DELSA as a client sends it.
     *
     * @throws org.xfrmctl.netlink.MalformedMessageException if it is neither
     */
    public static StateKey decodeKey(NetlinkMessage message) {
        SaId id = id(message.body(XfrmUsersaId.CODEC));
        Attributes attributes = message.attributes(XfrmUsersaId.CODEC.size());
        Family family = id.destination().family();
        IpAddress source = attributes
                .find(Xfrma.SRCADDR)
                .map(attribute -> AddressMapping.toModel(
                        attribute.struct(AddressAttribute.CODEC).address(), family))
                .orElseGet(() -> IpAddress.any(family));
        return new StateKey(id, source, MarkMapping.mark(attributes));
    }

    /** The struct with everything that a kernel tells in it. */
    public static XfrmUsersaInfo info(XfrmState state) {
        return StateWriter.info(state);
    }

    /** What GETSA and DELSA name a state by. */
    public static XfrmUsersaId rawId(SaId id) {
        return new XfrmUsersaId(
                AddressMapping.toWire(id.destination()),
                id.spi().bits(),
                (short) id.destination().family().number(),
                (byte) id.protocol().number());
    }

    public static SaId id(XfrmUsersaId raw) {
        Family family = AddressMapping.family("xfrm_usersa_id", raw.family());
        return new SaId(
                AddressMapping.toModel(raw.daddr(), family),
                new Spi(raw.spi()),
                new IpProtocol(Byte.toUnsignedInt(raw.proto())));
    }
}
