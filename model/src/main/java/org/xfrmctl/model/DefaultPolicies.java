package org.xfrmctl.model;

/**
 * What happens to packets that no policy matches ({@code struct xfrm_userpolicy_default}): {@link #BLOCK} or {@link
 * #ACCEPT} each; in a request every other number leaves that direction as it is.
 */
public record DefaultPolicies(int in, int fwd, int out) {
    public static final int UNSPEC = 0;
    public static final int BLOCK = 1;
    public static final int ACCEPT = 2;

    public DefaultPolicies {
        if (((in | fwd | out) & ~0xff) != 0) {
            throw new IllegalArgumentException("a default policy is not in 0..255: " + in + ", " + fwd + ", " + out);
        }
    }

    /** The word that {@code ip xfrm policy getdefault} has for one of them. */
    public static String word(int policy) {
        return switch (policy) {
            case UNSPEC -> "unspec";
            case BLOCK -> "block";
            case ACCEPT -> "accept";
            default -> "unknown";
        };
    }

    @Override
    public String toString() {
        return "in " + word(in) + " fwd " + word(fwd) + " out " + word(out);
    }
}
