package org.xfrmctl.datapath.link;

/** Sees every packet that is sent on a link, lost ones too, as a capture on the sender's interface does. */
@FunctionalInterface
public interface Tap {
    /** One packet from the IP header on; the array must not be changed. */
    void packet(byte[] packet);
}
