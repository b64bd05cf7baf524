package org.xfrmctl.datapath.kernel;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.xfrmctl.datapath.CapturedTable;
import org.xfrmctl.netlink.NetlinkTransport;

/** A table of requests and what they were answered, done again in one userspace kernel. */
final class ErrnoTable {
    private final KernelUnderTest kernel = new KernelUnderTest();
    private final CapturedTable table;
    private List<byte[]> answers = List.of();

    ErrnoTable(String name) {
        table = CapturedTable.of(name, ErrnoTable::masked);
    }

    /** Without what is drawn anew each time: sequence number and port of a message in hex, SPIs, and seconds. */
    private static String masked(String line) {
        return line.replaceAll("(?<![0-9a-f'])([0-9a-f]{16})[0-9a-f]{16}(?=[0-9a-f]{8})", "$1----------------")
                .replaceAll("'spi': \\d{10}", "'spi': *")
                .replaceAll("spi 0xc[0-9a-f]{7}", "spi 0xc*")
                .replaceAll("proto 108 spi 0x[0-9a-f]{3,4}", "proto 108 spi *")
                .replaceAll("'add': \\d{10}", "'add': *");
    }

    KernelUnderTest kernel() {
        return kernel;
    }

    /** What was answered last, without the acknowledgement. */
    List<byte[]> answers() {
        return answers;
    }

    void say(String line) {
        table.say(line);
    }

    void assertSame() {
        table.assertSame();
    }

    /** Asks, and says what was answered. */
    void row(String label, Crafted request) {
        row(label, request.bytes());
    }

    void row(String label, byte[] request) {
        List<byte[]> all = kernel.ask(request);
        answers = all.subList(0, all.size() - 1);
        say(label, Answer.of(all.get(all.size() - 1)));
    }

    /** Asks for no acknowledgement; that there is an answer says that all is well. */
    void unacknowledged(String label, Crafted request) {
        byte[] bytes = request.bytes();
        KernelFixtures.buffer(bytes).putShort(6, (short) 1);
        NetlinkTransport client = kernel.open();
        client.send(KernelFixtures.buffer(bytes));
        answers = Stream.generate(client::receiveNow)
                .takeWhile(datagram -> datagram.isPresent())
                .flatMap(datagram -> KernelUnderTest.messages(datagram.get()).stream())
                .toList();
        say(label, new Answer("OK", ""));
    }

    private void say(String label, Answer answer) {
        String text = answer.text().isEmpty() ? "" : '"' + answer.text() + '"';
        String more = answers.isEmpty()
                ? ""
                : "+" + answers.size() + " msg(s) types="
                        + answers.stream().map(KernelUnderTest::type).toList();
        table.say(String.join(" ", label, "->", answer.errno(), text, more));
    }

    /** The last message of a dump, in hex. */
    String done(int type) {
        byte[] request = new byte[16];
        KernelFixtures.buffer(request).putInt(0, 16).putShort(4, (short) type).putShort(6, (short) 0x301);
        List<byte[]> all = kernel.ask(request);
        return hex(all.get(all.size() - 1));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
