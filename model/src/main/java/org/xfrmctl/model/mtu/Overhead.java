package org.xfrmctl.model.mtu;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.XfrmState;

/**
 * What one state's transform takes of every packet, whatever is in it.
 *
 * @param shares the parts, from the front to the back of the packet
 * @param block what remains is a multiple of this, less the trailer; 1 if it may be of any length
 * @param kept bytes in front of the protected part that the transform leaves alone: the packet's own IP header
 */
public record Overhead(List<Share> shares, int block, int kept) {
    static final int ESP = 50;
    static final int AH = 51;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int UDP_HEADER = 8;
    private static final int ESP_HEADER = 8;
    private static final int ESP_TRAILER = 2;
    private static final int AH_HEADER = 12;
    private static final int UDP_NON_IKE = 1;
    private static final int NON_IKE_MARKER = 8;
    /** What the kernel always has room for when the inner packets are IPv4 ({@code IPV4_BEET_PHMAXLEN}). */
    private static final int BEET_PSEUDO_HEADER = 8;

    public Overhead {
        shares = List.copyOf(shares);
    }

    /**
     * Adds up what {@code state} takes.
     *
     * @throws IllegalArgumentException if nothing is known of one of its algorithms
     */
    public static Overhead of(XfrmState state) {
        return of(state, TransformSizes.of(state));
    }

    /** As above, with the sizes of ciphers and hashes from who has them. */
    public static Overhead of(XfrmState state, TransformSizes sizes) {
        List<Share> shares = new ArrayList<>();
        boolean esp = state.id().protocol().number() == ESP;
        boolean ah = state.id().protocol().number() == AH;
        boolean outerV6 = state.family() == Family.INET6;
        if (state.mode().equals(Mode.TUNNEL)) {
            shares.add(outerV6 ? new Share(Part.OUTER_IPV6, IPV6_HEADER) : new Share(Part.OUTER_IPV4, IPV4_HEADER));
        }
        if (esp) {
            if (state.mode().equals(Mode.BEET) && state.selector().family() != Family.INET6) {
                addBeet(outerV6, shares);
            }
            state.options().encap().ifPresent(encap -> addUdp(encap, shares));
            addEsp(sizes, shares);
        } else if (ah) {
            addAh(sizes.icv(), !outerV6 && state.flags().has(StateFlag.ALIGN4) ? 4 : 8, shares);
        }
        // IPComp gets no credit, and its four bytes are not counted: what does not get smaller goes without them.
        return new Overhead(
                shares, esp ? sizes.block() : 1, esp && !state.mode().equals(Mode.TUNNEL) ? ipHeader(outerV6) : 0);
    }

    /** Options in a pseudo header, and an IPv4 header that becomes one of IPv6. */
    private static void addBeet(boolean outerV6, List<Share> shares) {
        shares.add(new Share(Part.BEET_PSEUDO_HEADER, BEET_PSEUDO_HEADER));
        if (outerV6) {
            shares.add(new Share(Part.BEET_GROWTH, IPV6_HEADER - IPV4_HEADER));
        }
    }

    private static void addUdp(Encap encap, List<Share> shares) {
        shares.add(new Share(Part.UDP, UDP_HEADER));
        if (encap.type() == UDP_NON_IKE) {
            shares.add(new Share(Part.NON_IKE_MARKER, NON_IKE_MARKER));
        }
    }

    private static void addEsp(TransformSizes sizes, List<Share> shares) {
        shares.add(new Share(Part.ESP, ESP_HEADER));
        if (sizes.iv() > 0) {
            shares.add(new Share(Part.IV, sizes.iv()));
        }
        shares.add(new Share(Part.TRAILER, ESP_TRAILER));
        if (sizes.icv() > 0) {
            shares.add(new Share(Part.ICV, sizes.icv()));
        }
    }

    /** RFC 4302, section 3.3.3.2.1. */
    private static void addAh(int icv, int unit, List<Share> shares) {
        shares.add(new Share(Part.AH, AH_HEADER));
        if (icv > 0) {
            shares.add(new Share(Part.ICV, icv));
        }
        int padding = -(AH_HEADER + icv) & (unit - 1);
        if (padding > 0) {
            shares.add(new Share(Part.AH_PADDING, padding));
        }
    }

    private static int ipHeader(boolean v6) {
        return v6 ? IPV6_HEADER : IPV4_HEADER;
    }

    /** The longest packet that is at most {@code mtu} bytes long behind the transform ({@code xfrm_state_mtu()}). */
    public int through(int mtu) {
        int left = mtu - bytes() - lost(mtu);
        return isAligned() ? Math.max(1, left) : left;
    }

    /** What of {@code mtu} no packet can use, because ESP's payload has to fill whole blocks. */
    int lost(int mtu) {
        return isAligned() ? (mtu - bytes() + ESP_TRAILER - kept) & (block - 1) : 0;
    }

    boolean isAligned() {
        return block > 1;
    }

    /** All shares together. */
    public int bytes() {
        int sum = 0;
        for (int i = 0; i < shares.size(); i++) {
            sum += shares.get(i).bytes();
        }
        return sum;
    }

    /** What stands in front of the protected part ({@code header_len} of {@code struct xfrm_state}). */
    public int headerLength() {
        int sum = 0;
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get(i);
            // AH's integrity value is part of its header, ESP's stands at the end.
            boolean front = share.part().isInFront() || (share.part() == Part.ICV && !isAligned());
            sum += front ? share.bytes() : 0;
        }
        return sum;
    }
}
