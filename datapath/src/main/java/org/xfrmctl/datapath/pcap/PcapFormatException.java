package org.xfrmctl.datapath.pcap;

import java.io.IOException;

/** The stream is no capture file that can be read here; {@link #offset()} says where. */
public final class PcapFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    PcapFormatException(String problem, long offset) {
        super(problem + " (at byte " + offset + ")");
        this.offset = offset;
    }

    /** Bytes from the stream's start to what is wrong. */
    public long offset() {
        return offset;
    }
}
