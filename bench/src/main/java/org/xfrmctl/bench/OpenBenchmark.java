package org.xfrmctl.bench;

import java.security.GeneralSecurityException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.esp.EspTransform;

/**
 * An ESP packet with AES-128-GCM opened; the peer is the cipher alone. The packet is opened many times, so ours has to
 * copy it first.
 */
public class OpenBenchmark extends Duel {
    @Param({"64", "576", "1400"})
    public int size;

    private final EspTransform transform = Samples.esp();
    private PacketBuffer packet = PacketBuffer.of(new byte[0]);
    private BareCipher bare = BareCipher.of(0);
    private byte[] sealed = new byte[0];

    @Setup(Level.Trial)
    public void prepare() {
        packet = PacketBuffer.of(Samples.text(size));
        transform.seal(packet, Samples.TCP, 1, 0);
        sealed = packet.toBytes();
        bare = BareCipher.of(size);
    }

    @Override
    long ours() {
        packet.replace(sealed, 0, sealed.length);
        if (transform.open(packet, 1) != Samples.TCP) {
            throw new IllegalStateException("the packet was not opened");
        }
        int length = packet.length();
        packet.addFront(transform.headerLength());
        return length;
    }

    @Override
    long peer() throws GeneralSecurityException {
        return bare.open();
    }
}
