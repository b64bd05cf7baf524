package org.xfrmctl.model;

/**
 * An address with a prefix length. Host bits are kept: the kernel compares policy selectors byte for byte, so
 * {@code 10.0.0.1/16} and {@code 10.0.0.0/16} are different selectors that match the same packets. One of {@link
 * Family#UNSPEC} has whatever length its 8 bits say.
 */
public record IpPrefix(IpAddress address, int length) {

    public IpPrefix {
        int longest = address.family() == Family.UNSPEC ? 255 : address.family().bits();
        if (length < 0 || length > longest) {
            throw new IllegalArgumentException(
                    "prefix length " + length + " of " + address + " is not in 0.." + longest);
        }
    }

    /** The prefix that holds this one address only. */
    public static IpPrefix host(IpAddress address) {
        return new IpPrefix(address, address.family().bits());
    }

    /** The prefix that holds every address of the family. */
    public static IpPrefix any(Family family) {
        return new IpPrefix(IpAddress.any(family), 0);
    }

    /**
     * Reads {@code ADDRESS} (a host) or {@code ADDRESS/LENGTH}.
     *
     * @throws IllegalArgumentException if the address or the length is bad
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return host(IpAddress.parse(text));
        }
        IpAddress address = IpAddress.parse(text.substring(0, slash));
        String length = text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException("\"" + length + "\" in \"" + text + "\" is no prefix length");
        }
        return new IpPrefix(address, Integer.parseInt(length));
    }

    public Family family() {
        return address.family();
    }

    public boolean contains(IpAddress other) {
        return address.sharesPrefix(other, length);
    }

    /** Whether some address lies in both prefixes. */
    public boolean overlaps(IpPrefix other) {
        return address.sharesPrefix(other.address, Math.min(length, other.length));
    }

    /** This prefix without its host bits. */
    public IpPrefix network() {
        byte[] bytes = address.toBytes();
        for (int bit = length; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >>> bit % 8);
        }
        return new IpPrefix(IpAddress.of(bytes), length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
