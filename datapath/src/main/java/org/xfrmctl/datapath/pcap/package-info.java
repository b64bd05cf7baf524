/**
 * Capture files in the classic pcap format (draft-ietf-opsawg-pcap), written and read as streams. Time comes in as an
 * argument. Not for pcapng. Start with {@link org.xfrmctl.datapath.pcap.PcapWriter}.
 */
@NullMarked
package org.xfrmctl.datapath.pcap;

import org.jspecify.annotations.NullMarked;
