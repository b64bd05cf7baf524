package org.xfrmctl.bench;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.ipcomp.IpcompTransform;
import org.xfrmctl.model.Cpi;

/** A packet of IPComp made text again; the peer is the JDK's zlib. Ours works in place, so it copies first. */
public class DecompressBenchmark extends Duel {
    @Param({"576", "1400", "8000"})
    public int size;

    private final IpcompTransform transform = IpcompTransform.deflate(new Cpi(0x1001));
    private final PacketBuffer packet = PacketBuffer.of(new byte[0]);
    private byte[] compressed = new byte[0];
    private byte[] text = new byte[0];
    private Inflater inflater = new Inflater(true);

    @Setup(Level.Trial)
    public void prepare() {
        PacketBuffer whole = PacketBuffer.of(Samples.text(size));
        transform.compress(whole, Samples.TCP);
        compressed = whole.toBytes();
        text = new byte[size];
        inflater.end();
        inflater = new Inflater(true);
    }

    @TearDown(Level.Trial)
    public void close() {
        inflater.end();
    }

    @Override
    long ours() {
        packet.replace(compressed, 0, compressed.length);
        if (transform.decompress(packet) != Samples.TCP) {
            throw new IllegalStateException("the packet was not decompressed");
        }
        return packet.length();
    }

    @Override
    long peer() throws DataFormatException {
        inflater.reset();
        int header = IpcompTransform.HEADER_LENGTH;
        inflater.setInput(compressed, header, compressed.length - header);
        return inflater.inflate(text);
    }
}
