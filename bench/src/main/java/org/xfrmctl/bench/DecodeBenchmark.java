package org.xfrmctl.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.StateCodec;

/**
 * An AES-GCM state from its bytes. The peer only copies as many bytes, which no codec can undercut: the ratio tells
 * how far from free the codec is, and is of use over time only.
 */
public class DecodeBenchmark extends Duel {
    private static final int NEWSA = 16;

    private final XfrmState state = Samples.state();
    private final MessageWriter writer = new MessageWriter(ByteOrder.nativeOrder());
    private final ByteBuffer encoded = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
    private final ByteBuffer source;
    private final ByteBuffer target = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());

    public DecodeBenchmark() {
        encoded.put(write()).flip();
        source = encoded.duplicate().order(ByteOrder.nativeOrder());
    }

    @Override
    long ours() {
        return StateCodec.decode(NetlinkMessage.split(encoded).get(0))
                .id()
                .spi()
                .bits();
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
