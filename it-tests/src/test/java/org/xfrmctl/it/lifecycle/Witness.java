package org.xfrmctl.it.lifecycle;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xfrmctl.datapath.pcap.CapturedPacket;
import org.xfrmctl.datapath.pcap.PcapReader;

/** What was seen on the wire: packets by the protocol of their outer header. */
record Witness(SortedMap<Integer, Long> protocols) {
    private static final int ESP = 50;
    private static final int PROTOCOL = 9;

    static Witness read(Path pcap) {
        SortedMap<Integer, Long> protocols = new TreeMap<>();
        try (PcapReader reader = new PcapReader(new BufferedInputStream(Files.newInputStream(pcap)))) {
            for (Optional<CapturedPacket> next = reader.read(); next.isPresent(); next = reader.read()) {
                protocols.merge((int) next.get().packet().toArray()[PROTOCOL], 1L, Long::sum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(pcap.toString(), e);
        }
        return new Witness(protocols);
    }

    long protectedPackets() {
        return protocols.getOrDefault(ESP, 0L);
    }

    /** Whatever is not ESP: a datagram as it is, one in IPComp or in IP in IP alone. */
    long clearPackets() {
        return protocols.entrySet().stream()
                .filter(entry -> entry.getKey() != ESP)
                .mapToLong(entry -> entry.getValue())
                .sum();
    }
}
