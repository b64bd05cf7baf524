package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xfrmctl.datapath.engine.Samples.HandClock;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.netlink.NetlinkTransport;

/** A fresh userspace kernel, its clock where the captures were made, and one client that speaks raw bytes. */
final class KernelUnderTest {
    private final HandClock clock = new HandClock(KernelFixtures.CAPTURED_AT);
    private final XfrmNamespace namespace = new XfrmNamespace(clock, new Random(1));
    private final UserspaceKernel kernel = new UserspaceKernel(namespace);
    private final NetlinkTransport client = kernel.open();

    /** Stands still until it is told otherwise. */
    HandClock clock() {
        return clock;
    }

    XfrmNamespace namespace() {
        return namespace;
    }

    NetlinkTransport open(int queueSize) {
        return kernel.open(queueSize);
    }

    KernelSocket open() {
        return kernel.open();
    }

    /** Sends one datagram and returns the messages up to and with the one that ends the conversation. */
    List<byte[]> ask(byte[] request) {
        client.send(KernelFixtures.buffer(request));
        List<byte[]> answers = new ArrayList<>();
        do {
            answers.addAll(messages(client.receive()));
        } while (type(answers.get(answers.size() - 1)) > 3);
        return answers;
    }

    /** The errno of the acknowledgement of a request; 0 if it was carried out. */
    int errno(byte[] request) {
        List<byte[]> answers = ask(request);
        return -KernelFixtures.buffer(answers.get(answers.size() - 1)).getInt(16);
    }

    /** The messages of a dump without the final DONE. */
    List<byte[]> dump(int type) {
        byte[] request = new byte[16];
        KernelFixtures.buffer(request).putInt(0, 16).putShort(4, (short) type).putShort(6, (short) 0x301);
        List<byte[]> answers = ask(request);
        return answers.subList(0, answers.size() - 1);
    }

    static List<byte[]> messages(ByteBuffer datagram) {
        List<byte[]> messages = new ArrayList<>();
        while (datagram.hasRemaining()) {
            byte[] message = new byte[datagram.getInt(datagram.position())];
            datagram.get(message);
            datagram.position(Math.min(datagram.limit(), (datagram.position() + 3) & ~3));
            messages.add(message);
        }
        return messages;
    }

    static int type(byte[] message) {
        return Short.toUnsignedInt(KernelFixtures.buffer(message).getShort(4));
    }
}
