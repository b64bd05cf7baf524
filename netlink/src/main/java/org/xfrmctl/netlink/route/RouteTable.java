package org.xfrmctl.netlink.route;

/** The number of a routing table (32 unsigned bits). */
public record RouteTable(int id) {
    /** No table, for rules that do not lead to one. */
    public static final RouteTable NONE = new RouteTable(0);

    public static final RouteTable DEFAULT = new RouteTable(253);
    public static final RouteTable MAIN = new RouteTable(254);
    public static final RouteTable LOCAL = new RouteTable(255);

    /** The table in the 8 bits of a fixed header, 0 if it does not fit: an attribute has it anyway. */
    byte inHeader() {
        return (byte) (Integer.compareUnsigned(id, 256) < 0 ? id : 0);
    }

    /** The name that every {@code ip} knows it by; the number if it has none. */
    @Override
    public String toString() {
        return switch (id) {
            case 253 -> "default";
            case 254 -> "main";
            case 255 -> "local";
            default -> Integer.toUnsignedString(id);
        };
    }
}
