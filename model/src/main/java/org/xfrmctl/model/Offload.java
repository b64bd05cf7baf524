package org.xfrmctl.model;

/**
 * The device that does a state's or policy's cryptography ({@code struct xfrm_user_offload}).
 *
 * @param ifindex the interface
 * @param flags {@code XFRM_OFFLOAD_*}, 8 bits
 */
public record Offload(int ifindex, int flags) {
    public static final int INBOUND = 2;
    /** The device handles whole packets, not only their cryptography. */
    public static final int PACKET = 4;
}
