package org.xfrmctl.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.xfrm.StateCodec;

/**
 * An AES-GCM state to bytes. The peer only copies as many bytes, which no codec can undercut: the ratio tells
 * how far from free the codec is, and is of use over time only.
 */
public class EncodeBenchmark extends Duel {
    private static final int NEWSA = 16;

    private final XfrmState state = Samples.state();
    private final MessageWriter writer = new MessageWriter(ByteOrder.nativeOrder());
    private final ByteBuffer encoded = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
    private final ByteBuffer source;
    private final ByteBuffer target = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());

    public EncodeBenchmark() {
        encoded.put(write()).flip();
        source = encoded.duplicate().order(ByteOrder.nativeOrder());
    }

    @Override
    long ours() {
        return write().limit();
    }

    @Override
    long peer() {
        source.rewind();
        target.clear().put(source);
        return target.position();
    }

    private ByteBuffer write() {
        writer.clear();
        writer.begin(NEWSA, 0, 1, 0);
        StateCodec.encodeDump(state, writer);
        writer.end();
        return writer.datagram();
    }
}
