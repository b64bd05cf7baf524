package org.xfrmctl.datapath.kernel;

import org.xfrmctl.netlink.message.MessageWriter;

/** Attributes that are one number, and how an extended ack describes them ({@code NLMSGERR_ATTR_POLICY}). */
enum NumberType {
    U8(2, 0xffL),
    U32(4, 0xffff_ffffL),
    U64(5, -1L);

    private static final int NLMSGERR_ATTR_POLICY = 4;
    private static final int NLA_F_NESTED = 0x8000;

    private final int number;
    private final long most;

    /** {@code number} is that of {@code enum netlink_attribute_type}. */
    NumberType(int number, long most) {
        this.number = number;
        this.most = most;
    }

    /** Least and greatest value, then the type ({@code __netlink_policy_dump_write_attr()}). */
    void write(MessageWriter writer) {
        writer.attribute(
                NLMSGERR_ATTR_POLICY | NLA_F_NESTED,
                32,
                payload -> payload.putShort((short) 12)
                        .putShort((short) 4)
                        .putLong(0)
                        .putShort((short) 12)
                        .putShort((short) 5)
                        .putLong(most)
                        .putShort((short) 8)
                        .putShort((short) 1)
                        .putInt(number));
    }
}
