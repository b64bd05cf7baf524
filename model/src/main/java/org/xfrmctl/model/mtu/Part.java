package org.xfrmctl.model.mtu;

/** A part of a packet that is not what the sender gave, in the words of the RFCs; which transform it is of is said beside it. */
public enum Part {
    OUTER_IPV4("outer IPv4 header", true),
    OUTER_IPV6("outer IPv6 header", true),
    /** Room for a pseudo header that carries IPv4 options (draft-nikander-esp-beet-mode, section 5.3). */
    BEET_PSEUDO_HEADER("BEET pseudo header", true),
    /** An IPv4 header becomes an IPv6 one. */
    BEET_GROWTH("growth of the IP header", true),
    UDP("UDP header", true),
    /** Eight zeros of the first draft of ESP in UDP, which tell it from IKE. */
    NON_IKE_MARKER("non-IKE marker", true),
    ESP("header (SPI, sequence number)", true),
    IV("initialization vector", true),
    TRAILER("trailer (pad length, next header)", false),
    AH("header (SPI, sequence number)", true),
    ICV("integrity check value", false),
    /** Of AH, whose header is a multiple of 8 bytes long, or of 4. */
    AH_PADDING("padding of the header", true),
    /** The rest of the division by the cipher's block: no packet can use it. */
    ALIGNMENT("lost to alignment", false);

    private final String words;
    private final boolean front;

    Part(String words, boolean front) {
        this.words = words;
        this.front = front;
    }

    /** Whether it stands before what is protected. AH's integrity value does, too: see {@link Overhead#headerLength}. */
    boolean isInFront() {
        return front;
    }

    /** For people. */
    @Override
    public String toString() {
        return words;
    }
}
