package org.xfrmctl.netlink.text;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.uapi.XfrmAeventId;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserAcquire;
import org.xfrmctl.netlink.uapi.XfrmUserExpire;
import org.xfrmctl.netlink.uapi.XfrmUserMapping;
import org.xfrmctl.netlink.uapi.XfrmUserPolexpire;
import org.xfrmctl.netlink.uapi.XfrmUserReport;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyDefault;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUsersaFlush;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;

/** Messages of every kind: what a kernel sends, and then half of them shaken ({@link Shaker}). */
final class RandomMessages {
    /** States and policies more often than others, for these have most to print. */
    private static final List<Integer> KINDS = List.of(
            XfrmMsg.NEWSA,
            XfrmMsg.NEWSA,
            XfrmMsg.UPDSA,
            XfrmMsg.DELSA,
            XfrmMsg.DELSA,
            XfrmMsg.EXPIRE,
            XfrmMsg.NEWPOLICY,
            XfrmMsg.NEWPOLICY,
            XfrmMsg.UPDPOLICY,
            XfrmMsg.DELPOLICY,
            XfrmMsg.POLEXPIRE,
            XfrmMsg.ACQUIRE,
            XfrmMsg.FLUSHSA,
            XfrmMsg.FLUSHPOLICY,
            XfrmMsg.REPORT,
            XfrmMsg.NEWAE,
            XfrmMsg.MAPPING,
            XfrmMsg.GETDEFAULT);

    private final Random random;
    private final RandomObjects objects;
    private final Shaker shaker;

    RandomMessages(long seed) {
        random = new Random(seed);
        objects = new RandomObjects(random.nextLong());
        shaker = new Shaker(random);
    }

    /** Any message, control messages and unknown ones among them. */
    NetlinkMessage next() {
        DraftMessage draft = draft(random.nextInt(20) == 0 ? anyType() : pick(KINDS));
        return random.nextBoolean() ? message(draft.toBytes()) : shaker.shake(draft);
    }

    private int anyType() {
        return random.nextBoolean() ? random.nextInt(50) : random.nextInt(0x10000);
    }

    /** A message as a kernel sends it, but for attributes that it would not send with this kind. */
    DraftMessage draft(int type) {
        DraftMessage draft = kernels(type);
        if (random.nextInt(4) == 0) {
            List<RawAttribute> strangers = kernels(pick(KINDS)).attributes;
            draft.attributes.addAll(strangers.subList(0, random.nextInt(strangers.size() + 1)));
        }
        return draft;
    }

    /** A message as a kernel sends it. */
    DraftMessage kernels(int type) {
        return switch (type) {
            case XfrmMsg.NEWSA, XfrmMsg.UPDSA ->
                write(type, XfrmUsersaInfo.CODEC, out -> StateCodec.encodeDump(objects.state(), out));
            case XfrmMsg.DELSA ->
                write(type, XfrmUsersaId.CODEC, out -> StateCodec.encodeDeleted(objects.state(), out));
            case XfrmMsg.EXPIRE ->
                withOthers(
                        write(type, XfrmUserExpire.CODEC, out -> StateCodec.encodeExpired(objects.state(), true, out)));
            case XfrmMsg.NEWPOLICY, XfrmMsg.UPDPOLICY ->
                write(type, XfrmUserpolicyInfo.CODEC, out -> PolicyCodec.encodeDump(objects.policy(), out));
            case XfrmMsg.DELPOLICY ->
                write(type, XfrmUserpolicyId.CODEC, out -> PolicyCodec.encodeDeleted(objects.policy(), 0, out));
            case XfrmMsg.POLEXPIRE ->
                write(type, XfrmUserPolexpire.CODEC, out -> PolicyCodec.encodeExpired(objects.policy(), true, out));
            case XfrmMsg.ACQUIRE -> acquire();
            case XfrmMsg.FLUSHSA ->
                write(type, XfrmUsersaFlush.CODEC, out -> out.body(XfrmUsersaFlush.CODEC, new XfrmUsersaFlush(u8())));
            case XfrmMsg.FLUSHPOLICY ->
                withOthers(write(
                        type, 0, out -> objects.policy().type().ifPresent(sub -> PolicyCodec.writeType(sub, out))));
            case XfrmMsg.REPORT ->
                withOthers(write(
                        type,
                        XfrmUserReport.CODEC,
                        out -> out.body(XfrmUserReport.CODEC, new XfrmUserReport(u8(), state().sel()))));
            case XfrmMsg.NEWAE -> asyncEvent();
            case XfrmMsg.MAPPING -> mapping();
            case XfrmMsg.GETDEFAULT ->
                write(
                        type,
                        XfrmUserpolicyDefault.CODEC,
                        out -> out.body(
                                XfrmUserpolicyDefault.CODEC,
                                new XfrmUserpolicyDefault((byte) random.nextInt(4), (byte) random.nextInt(4), u8())));
            default -> new DraftMessage(type, new byte[random.nextInt(100)]);
        };
    }

    private DraftMessage acquire() {
        XfrmUserAcquire acquire = new XfrmUserAcquire(
                state().id(),
                state().saddr(),
                state().sel(),
                PolicyCodec.info(objects.policy()),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt());
        DraftMessage draft =
                write(XfrmMsg.ACQUIRE, XfrmUserAcquire.CODEC, out -> out.body(XfrmUserAcquire.CODEC, acquire));
        draft.attributes.addAll(kernels(XfrmMsg.NEWPOLICY).attributes);
        return draft;
    }

    private DraftMessage asyncEvent() {
        XfrmAeventId event = new XfrmAeventId(
                StateCodec.rawId(objects.state().id()), state().saddr(), random.nextInt(0x80), random.nextInt());
        DraftMessage draft = write(
                XfrmMsg.NEWAE,
                XfrmAeventId.CODEC,
                out -> out.body(XfrmAeventId.CODEC, event)
                        .attribute(Xfrma.LTIME_VAL, XfrmLifetimeCur.CODEC, state().curlft())
                        .attributeU32(Xfrma.REPLAY_THRESH, random.nextInt())
                        .attributeU32(Xfrma.ETIMER_THRESH, random.nextInt()));
        return withOthers(draft);
    }

    private DraftMessage mapping() {
        XfrmUserMapping mapping = new XfrmUserMapping(
                StateCodec.rawId(objects.state().id()),
                random.nextInt(),
                state().saddr(),
                state().saddr(),
                (short) random.nextInt(),
                (short) random.nextInt());
        return write(XfrmMsg.MAPPING, XfrmUserMapping.CODEC, out -> out.body(XfrmUserMapping.CODEC, mapping));
    }

    private DraftMessage withOthers(DraftMessage draft) {
        draft.attributes.addAll(objects.others());
        return draft;
    }

    private XfrmUsersaInfo state() {
        return StateCodec.info(objects.state());
    }

    private static DraftMessage write(int type, StructCodec<?> body, Consumer<MessageWriter> content) {
        return write(type, body.size(), content);
    }

    private static DraftMessage write(int type, int fixed, Consumer<MessageWriter> content) {
        MessageWriter writer = new MessageWriter();
        writer.begin(type, 0, 0, 0);
        content.accept(writer);
        writer.end();
        return DraftMessage.of(message(writer.datagram()), fixed);
    }

    static NetlinkMessage message(ByteBuffer bytes) {
        return NetlinkMessage.split(bytes).get(0);
    }

    private byte u8() {
        return (byte) random.nextInt();
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
