package org.xfrmctl.bench;

import java.security.GeneralSecurityException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.esp.EspTransform;

/** A payload made an ESP packet with AES-128-GCM; the peer is the cipher alone. */
public class SealBenchmark extends Duel {
    @Param({"64", "576", "1400"})
    public int size;

    private final EspTransform transform = Samples.esp();
    private PacketBuffer packet = PacketBuffer.of(new byte[0]);
    private BareCipher bare = BareCipher.of(0);
    private long sequence;

    @Setup(Level.Trial)
    public void prepare() {
        packet = PacketBuffer.of(Samples.text(size));
        bare = BareCipher.of(size);
    }

    @Override
    long ours() {
        sequence++;
        transform.seal(packet, Samples.TCP, sequence, 0);
        int length = packet.length();
        packet.dropFront(transform.headerLength());
        packet.dropBack(packet.length() - size);
        return length;
    }

    @Override
    long peer() throws GeneralSecurityException {
        return bare.seal();
    }
}
