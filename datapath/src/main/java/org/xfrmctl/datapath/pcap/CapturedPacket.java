package org.xfrmctl.datapath.pcap;

import java.time.Instant;
import org.xfrmctl.model.Bytes;

/** An IP packet, without link header, and when it was seen. It may have been cut short by the capture. */
public record CapturedPacket(Instant time, Bytes packet) {}
