package org.xfrmctl.it.algorithm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.xfrmctl.it.guest.GuestCommand;
import org.xfrmctl.netlink.sys.ChannelPoll;
import org.xfrmctl.netlink.sys.PacketChannel;
import org.xfrmctl.netlink.sys.TunInterface;

/** A TUN interface of the guest: what the kernel sends, and what it is to receive. */
final class TunDevice implements AutoCloseable {
    static final String NAME = "exchange";

    private static final long PATIENCE_SECONDS = 10;

    private final PacketChannel channel;
    private final ChannelPoll poll;

    private TunDevice(PacketChannel channel) {
        this.channel = channel;
        this.poll = new ChannelPoll(List.of(channel));
    }

    static TunDevice open() throws IOException, InterruptedException {
        GuestCommand.run("modprobe tun");
        if (!Files.exists(Path.of("/dev/net/tun"))) {
            GuestCommand.run("mkdir -p /dev/net");
            GuestCommand.run("mknod /dev/net/tun c 10 200");
        }
        return new TunDevice(TunInterface.open(NAME).channel());
    }

    void receive(byte[] packet) throws IOException {
        if (!channel.send(ByteBuffer.wrap(packet))) {
            throw new IOException("the kernel does not take a packet of " + packet.length + " bytes");
        }
    }

    /** The next packet of ESP or AH that the kernel sends; it also sends neighbours' and multicast messages. */
    byte[] nextProtected() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() < end) {
            Optional<ByteBuffer> sent = channel.receive();
            if (sent.isEmpty()) {
                poll.await((int) TimeUnit.SECONDS.toMillis(1));
                continue;
            }
            byte[] packet = new byte[sent.get().remaining()];
            sent.get().get(packet);
            int protocol = packet[0] >> 4 == 4 ? packet[9] : packet[6];
            if (protocol == 50 || protocol == 51) {
                return packet;
            }
        }
        throw new IOException("the kernel sends nothing");
    }

    @Override
    public void close() {
        poll.close();
        channel.close();
    }
}
