package org.xfrmctl.bench;

import java.util.zip.Deflater;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.ipcomp.IpcompTransform;
import org.xfrmctl.model.Cpi;

/** Text compressed for IPComp; the peer is the JDK's zlib, raw at level 6. Ours works in place, so it copies first. */
public class CompressBenchmark extends Duel {
    @Param({"576", "1400", "8000"})
    public int size;

    private final IpcompTransform transform = IpcompTransform.deflate(new Cpi(0x1001));
    private final PacketBuffer packet = PacketBuffer.of(new byte[0]);
    private byte[] text = new byte[0];
    private byte[] compressed = new byte[0];
    private Deflater deflater = new Deflater(6, true);

    @Setup(Level.Trial)
    public void prepare() {
        text = Samples.text(size);
        compressed = new byte[size];
        deflater.end();
        deflater = new Deflater(6, true);
    }

    @TearDown(Level.Trial)
    public void close() {
        deflater.end();
    }

    @Override
    long ours() {
        packet.replace(text, 0, size);
        if (!transform.compress(packet, Samples.TCP)) {
            throw new IllegalStateException("the packet did not get smaller");
        }
        int length = packet.length();
        packet.dropFront(IpcompTransform.HEADER_LENGTH);
        return length;
    }

    @Override
    long peer() {
        deflater.reset();
        deflater.setInput(text);
        deflater.finish();
        return deflater.deflate(compressed);
    }
}
