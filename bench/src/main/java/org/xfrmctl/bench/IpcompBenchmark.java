package org.xfrmctl.bench;

import java.util.zip.Deflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.ipcomp.IpcompTransform;
import org.xfrmctl.model.Cpi;

/**
 * One packet of 1400 bytes of text compressed by our deflate, and by the JDK's zlib, raw at level 6. Both copy the packet
 * first, for ours works in place. The peer's window is larger, so its bytes may differ.
 */
@State(Scope.Thread)
public class IpcompBenchmark {
    private static final int TCP = 6;

    private final byte[] text = Samples.text(EspBenchmark.PACKET);
    private final IpcompTransform transform = IpcompTransform.deflate(new Cpi(0x1001));
    private final byte[] copy = new byte[text.length];
    private final byte[] compressed = new byte[text.length];
    private Deflater deflater = new Deflater(6, true);

    @Setup(Level.Trial)
    public void open() {
        deflater.end();
        deflater = new Deflater(6, true);
    }

    @TearDown(Level.Trial)
    public void close() {
        deflater.end();
    }

    @Benchmark
    public int deflate() {
        PacketBuffer packet = PacketBuffer.of(text);
        if (!transform.compress(packet, TCP)) {
            throw new IllegalStateException("the packet did not get smaller");
        }
        return packet.length();
    }

    @Benchmark
    public int deflatePeer() {
        System.arraycopy(text, 0, copy, 0, text.length);
        deflater.reset();
        deflater.setInput(copy);
        deflater.finish();
        return deflater.deflate(compressed);
    }
}
