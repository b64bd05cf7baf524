package org.xfrmctl.model;

/** Packets that a state refused: below its replay window, seen before, or with a bad ICV ({@code struct xfrm_stats}). */
public record StateStatistics(int replayWindow, int replay, int integrityFailed) {
    public static final StateStatistics NONE = new StateStatistics(0, 0, 0);
}
