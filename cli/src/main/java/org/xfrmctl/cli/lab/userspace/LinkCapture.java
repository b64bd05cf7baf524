package org.xfrmctl.cli.lab.userspace;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.xfrmctl.cli.lab.Laboratory;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.link.Link;
import org.xfrmctl.datapath.link.Tap;
import org.xfrmctl.datapath.pcap.PcapWriter;

/** Writes what is sent on a link to a pcap file. */
final class LinkCapture implements Laboratory.Capture, Tap {
    private final Link link;
    private final PcapWriter writer;
    private final Clock clock;

    private LinkCapture(Link link, PcapWriter writer, Clock clock) {
        this.link = link;
        this.writer = writer;
        this.clock = clock;
    }

    static LinkCapture start(Link link, Path pcap, Clock clock) {
        try {
            LinkCapture capture =
                    new LinkCapture(link, new PcapWriter(new BufferedOutputStream(Files.newOutputStream(pcap))), clock);
            link.tap(capture);
            return capture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void packet(byte[] packet) {
        try {
            writer.write(clock.instant(), PacketBuffer.of(packet));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the capture; a second call does nothing. */
    @Override
    public void close() {
        link.untap(this);
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
