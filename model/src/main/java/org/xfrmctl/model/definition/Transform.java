package org.xfrmctl.model.definition;

/**
 * What is done to packets.
 *
 * @param esp the single entry of {@code esp_proposals}
 * @param ipcomp whether IPComp (deflate) comes before ESP
 * @param replayWindow packets; 0 switches replay protection off
 * @param tfcPadding bytes to which ESP pads in tunnel mode; 0 for none
 */
public record Transform(EspProposal esp, boolean ipcomp, int replayWindow, int tfcPadding) {}
