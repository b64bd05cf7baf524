package org.xfrmctl.netlink.uapi;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.netlink.struct.StructCodec;

/** The message types of NETLINK_XFRM ({@code XFRM_MSG_*}). */
public final class XfrmMsg {
    public static final int NEWSA = 16;
    public static final int DELSA = 17;
    public static final int GETSA = 18;
    public static final int NEWPOLICY = 19;
    public static final int DELPOLICY = 20;
    public static final int GETPOLICY = 21;
    public static final int ALLOCSPI = 22;
    public static final int ACQUIRE = 23;
    public static final int EXPIRE = 24;
    public static final int UPDPOLICY = 25;
    public static final int UPDSA = 26;
    public static final int POLEXPIRE = 27;
    public static final int FLUSHSA = 28;
    public static final int FLUSHPOLICY = 29;
    public static final int NEWAE = 30;
    public static final int GETAE = 31;
    public static final int REPORT = 32;
    public static final int MIGRATE = 33;
    public static final int NEWSADINFO = 34;
    public static final int GETSADINFO = 35;
    public static final int NEWSPDINFO = 36;
    public static final int GETSPDINFO = 37;
    public static final int MAPPING = 38;
    public static final int SETDEFAULT = 39;
    public static final int GETDEFAULT = 40;

    /** A type's name, the struct that its body begins with, and the attributes behind that. */
    private record Layout(String name, Optional<StructCodec<?>> body, AttributeTable attributes) {
        Layout(String name, StructCodec<?> body) {
            this(name, Optional.of(body), Xfrma.TABLE);
        }
    }

    private static final List<Layout> LAYOUTS = List.of(
            new Layout("NEWSA", XfrmUsersaInfo.CODEC),
            new Layout("DELSA", XfrmUsersaId.CODEC),
            new Layout("GETSA", XfrmUsersaId.CODEC),
            new Layout("NEWPOLICY", XfrmUserpolicyInfo.CODEC),
            new Layout("DELPOLICY", XfrmUserpolicyId.CODEC),
            new Layout("GETPOLICY", XfrmUserpolicyId.CODEC),
            new Layout("ALLOCSPI", XfrmUserspiInfo.CODEC),
            new Layout("ACQUIRE", XfrmUserAcquire.CODEC),
            new Layout("EXPIRE", XfrmUserExpire.CODEC),
            new Layout("UPDPOLICY", XfrmUserpolicyInfo.CODEC),
            new Layout("UPDSA", XfrmUsersaInfo.CODEC),
            new Layout("POLEXPIRE", XfrmUserPolexpire.CODEC),
            new Layout("FLUSHSA", XfrmUsersaFlush.CODEC),
            new Layout("FLUSHPOLICY", Optional.empty(), Xfrma.TABLE),
            new Layout("NEWAE", XfrmAeventId.CODEC),
            new Layout("GETAE", XfrmAeventId.CODEC),
            new Layout("REPORT", XfrmUserReport.CODEC),
            new Layout("MIGRATE", XfrmUserpolicyId.CODEC),
            new Layout("NEWSADINFO", Optional.of(XfrmInfoFlags.CODEC), XfrmInfoAttribute.SAD),
            new Layout("GETSADINFO", Optional.of(XfrmInfoFlags.CODEC), XfrmInfoAttribute.SAD),
            new Layout("NEWSPDINFO", Optional.of(XfrmInfoFlags.CODEC), XfrmInfoAttribute.SPD),
            new Layout("GETSPDINFO", Optional.of(XfrmInfoFlags.CODEC), XfrmInfoAttribute.SPD),
            new Layout("MAPPING", XfrmUserMapping.CODEC),
            new Layout("SETDEFAULT", XfrmUserpolicyDefault.CODEC),
            new Layout("GETDEFAULT", XfrmUserpolicyDefault.CODEC));

    private XfrmMsg() {}

    /** The name without its prefix; the number if this header does not know the type. */
    public static String name(int type) {
        return layout(type).map(Layout::name).orElseGet(() -> Integer.toString(type));
    }

    /** The struct that a message of this type begins with; empty if there is none, or the type is not known. */
    public static Optional<StructCodec<?>> body(int type) {
        return layout(type).flatMap(Layout::body);
    }

    /** The attribute types of a message of this type. */
    public static AttributeTable attributes(int type) {
        return layout(type).map(Layout::attributes).orElse(Xfrma.TABLE);
    }

    private static Optional<Layout> layout(int type) {
        int index = type - NEWSA;
        return index >= 0 && index < LAYOUTS.size() ? Optional.of(LAYOUTS.get(index)) : Optional.empty();
    }
}
