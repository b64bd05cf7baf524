package org.xfrmctl.it.docker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.pcap.CapturedPacket;
import org.xfrmctl.datapath.pcap.PcapReader;
import org.xfrmctl.datapath.wire.IpHeader;

/**
 * What passes a router between the ends of a tunnel. On an end's own interface one would see what came out of the tunnel, too.
 */
final class WireCapture {
    private static final int ESP = 50;

    private final ContainerHost router;
    private final String file;
    private final BackgroundProgram tcpdump;

    private WireCapture(ContainerHost router, String file, BackgroundProgram tcpdump) {
        this.router = router;
        this.file = file;
        this.tcpdump = tcpdump;
    }

    /** Returns once packets are being captured. */
    static WireCapture start(ContainerHost router, String link) {
        String file = "/tmp/" + UUID.randomUUID() + ".pcap";
        // The image has no user of that name, to whom it would give up root.
        String command = "tcpdump -Z root -U --immediate-mode -n -i " + link + " -w " + file + " ip or ip6";
        return new WireCapture(
                router, file, BackgroundProgram.start(router, command, "listening on", "dropped by kernel"));
    }

    /** What was on the wire. */
    Seen stop() {
        String counts = tcpdump.stop();
        if (!counts.contains("\n0 packets dropped by kernel")) {
            throw new AssertionError("tcpdump has not seen all: " + counts);
        }
        List<IpHeader> headers = new ArrayList<>();
        try (PcapReader reader = new PcapReader(new ByteArrayInputStream(router.read(file)))) {
            for (Optional<CapturedPacket> next = reader.read(); next.isPresent(); next = reader.read()) {
                headers.add(IpHeader.read(PacketBuffer.of(next.get().packet().toArray()))
                        .orElseThrow());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Seen(headers);
    }

    /** The headers of all packets, in their order. */
    record Seen(List<IpHeader> packets) {
        Seen {
            packets = List.copyOf(packets);
        }

        long esp() {
            return packets.stream().filter(header -> header.protocol() == ESP).count();
        }

        /** Those from or to that address in clear: it is behind a tunnel, so there should be none. */
        List<String> clear(String address) {
            return packets.stream()
                    .filter(header -> header.source().toString().equals(address)
                            || header.destination().toString().equals(address))
                    .map(header -> header.source() + " > " + header.destination() + " proto " + header.protocol())
                    .toList();
        }
    }
}
