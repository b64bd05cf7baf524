package org.xfrmctl.it.algorithm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.xfrmctl.it.guest.GuestCommand;

/** A TUN device of the guest, through a few lines of Python: what the kernel sends, and what it is to receive. */
final class TunDevice implements AutoCloseable {
    static final String NAME = "exchange";

    private static final long PATIENCE_SECONDS = 10;

    private final Process process;
    private final OutputStream in;
    private final BlockingQueue<byte[]> sent = new LinkedBlockingQueue<>();

    private TunDevice(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
    }

    static TunDevice open() throws IOException, InterruptedException {
        GuestCommand.run("modprobe tun");
        if (!Files.exists(Path.of("/dev/net/tun"))) {
            GuestCommand.run("mkdir -p /dev/net");
            GuestCommand.run("mknod /dev/net/tun c 10 200");
        }
        Path script = Files.createTempFile("tun", ".py");
        try (InputStream text = Objects.requireNonNull(TunDevice.class.getResourceAsStream("tun.py"))) {
            Files.write(script, text.readAllBytes());
        }
        Process process = new ProcessBuilder("python3", script.toString(), NAME)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        TunDevice device = new TunDevice(process);
        BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
        if (!"ready".equals(out.readLine())) {
            throw new IOException("no TUN device");
        }
        Thread reader =
                new Thread(() -> out.lines().map(HexFormat.of()::parseHex).forEach(device.sent::add));
        reader.setDaemon(true);
        reader.start();
        return device;
    }

    void receive(byte[] packet) throws IOException {
        in.write((HexFormat.of().formatHex(packet) + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
    }

    /** The next packet of ESP or AH that the kernel sends; it also sends neighbours' and multicast messages. */
    byte[] nextProtected() throws IOException, InterruptedException {
        while (true) {
            byte[] packet = sent.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (packet == null) {
                throw new IOException("the kernel sends nothing");
            }
            int protocol = packet[0] >> 4 == 4 ? packet[9] : packet[6];
            if (protocol == 50 || protocol == 51) {
                return packet;
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
