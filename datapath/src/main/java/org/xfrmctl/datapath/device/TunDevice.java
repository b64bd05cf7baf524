package org.xfrmctl.datapath.device;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A TUN interface: the machine's own kernel is the only neighbour, and packets pass as they are. */
public final class TunDevice implements Device {
    private final Consumer<ByteBuffer> machine;
    private final Consumer<byte[]> host;

    /**
     * Joins both ends.
     *
     * @param machine takes packets to the interface
     * @param host takes packets from it
     */
    public TunDevice(Consumer<ByteBuffer> machine, Consumer<byte[]> host) {
        this.machine = machine;
        this.host = host;
    }

    @Override
    public void arrive(ByteBuffer datagram) {
        byte[] packet = new byte[datagram.remaining()];
        datagram.get(packet);
        host.accept(packet);
    }

    @Override
    public void receive(byte[] packet) {
        machine.accept(ByteBuffer.wrap(packet));
    }
}
