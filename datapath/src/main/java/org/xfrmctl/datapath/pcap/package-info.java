/**
 * Capture files in the classic pcap format (draft-ietf-opsawg-pcap), written and read as streams. Time comes in as an
 * argument. Not for pcapng.
 */
@NullMarked
package org.xfrmctl.datapath.pcap;

import org.jspecify.annotations.NullMarked;
