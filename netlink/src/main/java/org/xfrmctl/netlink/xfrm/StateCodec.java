package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmUserExpire;
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

    /** Writes the EXPIRE event ({@code net/xfrm/xfrm_user.c, build_expire()}). */
    public static void encodeExpired(XfrmState state, boolean hard, MessageWriter out) {
        out.body(XfrmUserExpire.CODEC, new XfrmUserExpire(info(state), (byte) (hard ? 1 : 0)));
        MarkMapping.write(state.mark(), out);
        MarkMapping.write(state.ifId(), out);
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
