package org.xfrmctl.it.scenario;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.pcap.CapturedPacket;
import org.xfrmctl.datapath.pcap.PcapReader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;

/** The packets of a pcap file. */
final class Capture {
    private Capture() {}

    /** Every IP packet, cut to the length that its header states: Ethernet pads short frames. */
    static List<PacketBuffer> read(Path pcap) {
        List<PacketBuffer> packets = new ArrayList<>();
        try (PcapReader reader = new PcapReader(new BufferedInputStream(Files.newInputStream(pcap)))) {
            for (Optional<CapturedPacket> next = reader.read(); next.isPresent(); next = reader.read()) {
                PacketBuffer packet = PacketBuffer.of(next.get().packet().toArray());
                packet.dropBack(packet.length() - totalLength(packet));
                packets.add(packet);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(pcap.toString(), e);
        }
        return packets;
    }

    private static int totalLength(PacketBuffer packet) {
        return packet.u8(0) >> 4 == 4 ? packet.u16(2) : packet.u16(4) + 40;
    }

    /** What a packet's outer header says, on one line; what hosts choose freely is left out. */
    static String summary(PacketBuffer packet) {
        IpHeader header = IpHeader.read(packet).orElseThrow();
        StringBuilder text = new StringBuilder(header.source() + " > " + header.destination());
        text.append(String.format(
                " proto %d tos %02x length %d ttl %d",
                header.protocol(), header.trafficClass(), packet.length(), header.hopLimit()));
        if (header instanceof Ipv4Header v4) {
            text.append(v4.dontFragment() ? " DF" : "")
                    .append(v4.moreFragments() ? " MF" : "")
                    .append(v4.fragmentOffset() != 0 ? " offset " + v4.fragmentOffset() : "");
        }
        return text.toString();
    }
}
