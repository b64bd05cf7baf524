/**
 * Sequence numbers of AH and ESP states and the window against replays (RFC 4303, sections 2.2, 3.3.3, 3.4.3 and
 * appendix A), in the three forms Linux has. Start with {@link org.xfrmctl.datapath.replay.ReplayWindow}.
 */
@NullMarked
package org.xfrmctl.datapath.replay;

import org.jspecify.annotations.NullMarked;
