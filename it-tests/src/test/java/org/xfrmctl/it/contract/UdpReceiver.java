package org.xfrmctl.it.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.xfrmctl.it.guest.GuestCommand;

/** A UDP socket that takes ESP on port 4500 (RFC 3948), for which Java has no option: a Python process holds it. */
final class UdpReceiver implements AutoCloseable {
    private final Process process;
    private final String address;
    private final String neighbour;

    private UdpReceiver(Process process, String address, String neighbour) {
        this.process = process;
        this.address = address;
        this.neighbour = neighbour;
    }

    static UdpReceiver open(String address, String neighbour) throws IOException {
        String script = "import socket, sys; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM);"
                + " s.setsockopt(socket.IPPROTO_UDP, 100, 2); s.bind((sys.argv[1], 4500));"
                + " print('open', flush=True); sys.stdin.read()";
        Process process = new ProcessBuilder(List.of("python3", "-c", script, address))
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        if (!"open".equals(line)) {
            throw new IOException("no socket that takes ESP in UDP: " + line);
        }
        return new UdpReceiver(process, address, neighbour);
    }

    /** The neighbour pings; nobody answers, since the way back is not protected. The kernel tells before ping ends. */
    void ping() throws IOException, InterruptedException {
        GuestCommand.run(
                "ip netns exec " + neighbour + " sh -c ping${IFS}-c1${IFS}-W1${IFS}" + address + "${IFS}||${IFS}true");
    }

    /** The process ends at the end of its input. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
