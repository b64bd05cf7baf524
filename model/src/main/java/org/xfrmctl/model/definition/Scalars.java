package org.xfrmctl.model.definition;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mark;

/** Reads single values. Each method throws a {@link ConfigException} that says what is allowed. */
public final class Scalars {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]*|0[xX][0-9a-fA-F]+");
    private static final long UINT = 0xffff_ffffL;

    private Scalars() {}

    /** What to throw for a value that is not {@code allowed}; it quotes what was found. */
    public static ConfigException refuse(Node node, String allowed) {
        return new ConfigException(node.place(), "found " + node.describe() + "; " + allowed);
    }

    /** A text that is not blank. */
    public static String text(Node node, String allowed) {
        if (node instanceof Node.Scalar scalar
                && !scalar.absent()
                && !scalar.text().isBlank()) {
            return scalar.text().strip();
        }
        throw refuse(node, allowed);
    }

    /** Accepts what swanctl accepts. */
    public static boolean flag(Node node) {
        String allowed = "allowed are yes and no (or true and false)";
        return switch (text(node, allowed).toLowerCase(Locale.ROOT)) {
            case "yes", "true", "enabled", "1" -> true;
            case "no", "false", "disabled", "0" -> false;
            default -> throw refuse(node, allowed);
        };
    }

    static <E extends Enum<E>> Function<Node, E> choice(Class<E> type) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return node -> {
            String allowed = "allowed are " + String.join(", ", names);
            String text = booleanWord(text(node, allowed).toLowerCase(Locale.ROOT), names);
            if (!names.contains(text)) {
                throw refuse(node, allowed);
            }
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        };
    }

    /** JSON writes {@code yes} as {@code true}; where yes is a choice, both mean it. */
    private static String booleanWord(String text, List<String> names) {
        return switch (text) {
            case "true" -> names.contains("yes") ? "yes" : text;
            case "false" -> names.contains("no") ? "no" : text;
            default -> text;
        };
    }

    /** A number of 0 to 2^64-1, decimal or with 0x; leading zeros are refused, for they are octal to some. */
    static BigInteger number(Node node, String allowed) {
        String text = text(node, allowed);
        if (text.length() > 40 || !NUMBER.matcher(text).matches()) {
            throw refuse(node, allowed);
        }
        return text.startsWith("0x") || text.startsWith("0X")
                ? new BigInteger(text.substring(2), 16)
                : new BigInteger(text);
    }

    /** A number within bounds. */
    public static long number(Node node, long low, long high, String allowed) {
        BigInteger number = number(node, allowed);
        if (number.compareTo(BigInteger.valueOf(low)) < 0 || number.compareTo(BigInteger.valueOf(high)) > 0) {
            throw refuse(node, allowed);
        }
        return number.longValueExact();
    }

    /** The address of one host. */
    public static IpAddress address(Node node) {
        String allowed = "allowed is one IPv4 or IPv6 address; names are not looked up, ranges and %any not accepted";
        IpAddress address;
        try {
            address = IpAddress.parse(text(node, allowed));
        } catch (IllegalArgumentException e) {
            throw refuse(node, allowed);
        }
        int top = address.word0() >>> 24;
        boolean multicast = address.family().bytes() == 4 ? top >= 224 : top == 255;
        if (address.isAny() || multicast) {
            throw refuse(node, "a gateway is one host; allowed is a unicast address");
        }
        return address;
    }

    /** {@code VALUE} (mask of all ones) or {@code VALUE/MASK}. */
    static Mark mark(Node node) {
        String allowed = "allowed is VALUE or VALUE/MASK, each 0 to 0xffffffff; %unique and %same are not supported";
        String text = text(node, allowed);
        int slash = text.indexOf('/');
        String value = slash < 0 ? text : text.substring(0, slash);
        String mask = slash < 0 ? "0xffffffff" : text.substring(slash + 1);
        Mark mark = new Mark(bits(value, node, allowed), bits(mask, node, allowed));
        if (!mark.equals(mark.masked())) {
            throw refuse(node, "bits of the value lie outside the mask, so it would match no packet; widen the mask");
        }
        return mark;
    }

    static IfId ifId(Node node) {
        return new IfId((int) number(node, 0, UINT, "allowed is 0 to 0xffffffff; %unique is not supported"));
    }

    private static int bits(String text, Node node, String allowed) {
        return (int) number(new Node.Scalar(text, false, node.place()), 0, UINT, allowed);
    }

    /** The one entry of a list, or the scalar itself: swanctl has lists where a static SA can have one value only. */
    static Node single(Node node, String why) {
        if (!(node instanceof Node.Sequence sequence)) {
            return node;
        }
        if (sequence.items().size() != 1) {
            throw refuse(node, "allowed is exactly one: " + why);
        }
        return sequence.items().get(0);
    }

    /** The entries of a list; a value that is no list is a list of one. */
    static List<Node> several(Node node, String allowed) {
        if (!(node instanceof Node.Sequence sequence)) {
            return List.of(node);
        }
        if (sequence.items().isEmpty()) {
            throw refuse(node, allowed);
        }
        return sequence.items();
    }
}
