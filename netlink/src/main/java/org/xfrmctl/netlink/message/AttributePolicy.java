package org.xfrmctl.netlink.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.xfrmctl.netlink.uapi.Netlink;

/**
 * What the kernel allows in an attribute that it refused ({@code NLMSGERR_ATTR_POLICY}).
 *
 * @param type an {@code NL_ATTR_TYPE_*}
 * @param least the least value of a number, and {@code most} the greatest; both unsigned 64 bits
 * @param shortest the least payload in bytes, and {@code longest} the greatest
 */
public record AttributePolicy(
        int type, OptionalLong least, OptionalLong most, OptionalInt shortest, OptionalInt longest) {
    public static final int U8 = 2;
    public static final int U32 = 4;
    public static final int U64 = 5;

    private static final int ATTR_TYPE = 1;
    private static final int ATTR_MIN_VALUE_U = 4;
    private static final int ATTR_MAX_VALUE_U = 5;
    private static final int ATTR_MIN_LENGTH = 6;
    private static final int ATTR_MAX_LENGTH = 7;

    /** {@code enum netlink_attribute_type}, for people. */
    private static final List<String> TYPES = List.of(
            "invalid",
            "flag",
            "u8",
            "u16",
            "u32",
            "u64",
            "s8",
            "s16",
            "s32",
            "s64",
            "binary",
            "string",
            "string with its NUL",
            "nested",
            "nested array",
            "bitfield",
            "signed number",
            "number");

    /** Any unsigned number of this type. */
    public static AttributePolicy number(int type, long most) {
        return new AttributePolicy(
                type, OptionalLong.of(0), OptionalLong.of(most), OptionalInt.empty(), OptionalInt.empty());
    }

    /** Reads the nested attributes; one that is too short counts as absent. */
    static AttributePolicy read(Attribute policy) {
        Attributes nested = Attributes.parseUpToFault(policy.payload(), 0);
        return new AttributePolicy(
                u32(nested, ATTR_TYPE).orElse(0),
                u64(nested, ATTR_MIN_VALUE_U),
                u64(nested, ATTR_MAX_VALUE_U),
                u32(nested, ATTR_MIN_LENGTH),
                u32(nested, ATTR_MAX_LENGTH));
    }

    private static OptionalInt u32(Attributes nested, int type) {
        Optional<Attribute> found = nested.find(type).filter(attribute -> attribute.length() >= Integer.BYTES);
        return found.isPresent() ? OptionalInt.of(found.get().u32()) : OptionalInt.empty();
    }

    private static OptionalLong u64(Attributes nested, int type) {
        Optional<Attribute> found = nested.find(type).filter(attribute -> attribute.length() >= Long.BYTES);
        return found.isPresent() ? OptionalLong.of(found.get().u64()) : OptionalLong.empty();
    }

    /** Writes values, lengths, then the type, as {@code __netlink_policy_dump_write_attr()} does. */
    void write(MessageWriter out) {
        out.beginNested(Netlink.NLMSGERR_ATTR_POLICY);
        least.ifPresent(value -> out.attributeU64(ATTR_MIN_VALUE_U, value));
        most.ifPresent(value -> out.attributeU64(ATTR_MAX_VALUE_U, value));
        shortest.ifPresent(value -> out.attributeU32(ATTR_MIN_LENGTH, value));
        longest.ifPresent(value -> out.attributeU32(ATTR_MAX_LENGTH, value));
        out.attributeU32(ATTR_TYPE, type);
        out.endNested();
    }

    /** For people: {@code u32 from 0 to 4294967295}, {@code binary of 68 bytes or more}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(type >= 0 && type < TYPES.size() ? TYPES.get(type) : "type " + type);
        least.ifPresent(value -> text.append(" from ").append(Long.toUnsignedString(value)));
        most.ifPresent(value -> text.append(" to ").append(Long.toUnsignedString(value)));
        if (shortest.isPresent() || longest.isPresent()) {
            text.append(" of ");
            shortest.ifPresent(value -> text.append(Integer.toUnsignedString(value)));
            text.append(shortest.isPresent() && longest.isPresent() ? " to " : "");
            longest.ifPresent(value ->
                    text.append(shortest.isPresent() ? "" : "at most ").append(Integer.toUnsignedString(value)));
            text.append(" bytes").append(longest.isPresent() ? "" : " or more");
        }
        return text.toString();
    }
}
