package org.xfrmctl.netlink.struct;

/**
 * {@code xfrm_address_t} as its four words in network order. It does not say its family: a neighbouring member does, and
 * for IPv4 only {@code word0} counts, for kernels leave junk in the others ({@code XFRM_MSG_MAPPING}).
 */
public record XfrmAddress(int word0, int word1, int word2, int word3) {
    public static final XfrmAddress ANY = new XfrmAddress(0, 0, 0, 0);
}
