package org.xfrmctl.datapath.engine;

/**
 * The peer's port that was told last and when, of a state in UDP ({@code x->new_mapping_sport}). Guarded by the namespace's
 * lock.
 */
final class PeerMapping {
    private int port;
    private long toldAt;

    /**
     * Whether a packet from another port is to be told; notes that it is.
     *
     * @param atLeast the seconds between two reports of the same port; 0 for no limit
     */
    boolean tells(int from, int atLeast, long now) {
        if (atLeast != 0 && from == port && now - toldAt <= Integer.toUnsignedLong(atLeast)) {
            return false;
        }
        port = from;
        toldAt = now;
        return true;
    }
}
