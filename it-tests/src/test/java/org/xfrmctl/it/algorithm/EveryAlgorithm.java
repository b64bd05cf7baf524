package org.xfrmctl.it.algorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Spi;

/** Seals and opens a packet with every algorithm, in whatever the class path has for it. */
final class EveryAlgorithm {
    private static final int IPIP = 4;
    private static final byte[] PAYLOAD = new byte[100];

    private EveryAlgorithm() {}

    /** Without arguments; fails with the first algorithm that something is missing for. */
    public static void main(String[] arguments) {
        suites().forEach(EveryAlgorithm::run);
        System.out.println(suites().size() + " suites work");
    }

    static List<List<Algorithm>> suites() {
        List<List<Algorithm>> suites = new ArrayList<>(Suites.esp());
        // Those that the kernels of the other tests lack.
        suites.add(List.of(
                new Algorithm.Encryption("cbc(sm4)", Key.of(new byte[16])),
                new Algorithm.Authentication("hmac(sm3)", Key.of(new byte[32]), 96)));
        return suites;
    }

    private static void run(List<Algorithm> suite) {
        EspTransform transform = EspTransform.of(suite, new Spi(0x1001), false, new Random(1));
        PacketBuffer packet = PacketBuffer.of(PAYLOAD);
        transform.seal(packet, IPIP, 1, 0);
        int found = transform.open(packet, 1);
        if (found != IPIP) {
            throw new IllegalStateException(suite.get(0).name() + ": what was sealed opens as " + found);
        }
    }
}
