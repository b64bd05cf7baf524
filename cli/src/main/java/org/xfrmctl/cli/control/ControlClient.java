package org.xfrmctl.cli.control;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Asks a {@link ControlDoor}, by Java's own sockets: no native library has to be loaded for it. */
public final class ControlClient {
    private ControlClient() {}

    /**
     * Has a command carried out and prints what it prints.
     *
     * @return its exit status
     * @throws CutOffException if somebody is there, but does not answer to the end
     * @throws IOException if nobody is there
     */
    public static int ask(Path socket, List<String> words, PrintWriter out, PrintWriter err) throws IOException {
        byte[] line = (new ControlRequest(words).line() + "\n").getBytes(StandardCharsets.US_ASCII);
        if (line.length > ControlRequest.LONGEST) {
            throw new IOException(
                    "a request has " + ControlRequest.LONGEST + " bytes at most, this one " + line.length);
        }
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            send(channel, ByteBuffer.wrap(line));
            try {
                return print(new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)), out, err);
            } catch (CutOffException e) {
                throw e;
            } catch (IOException e) {
                throw new CutOffException(e);
            }
        }
    }

    /** The command may have been carried out, or not. */
    public static final class CutOffException extends IOException {
        private static final long serialVersionUID = 1L;

        CutOffException(String problem) {
            super(problem);
        }

        CutOffException(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** Who is turned away is told so before the request is read; the answer is there even if this fails. */
    private static void send(SocketChannel channel, ByteBuffer line) {
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException answered) {
            line.position(line.limit());
        }
    }

    static int print(BufferedReader lines, PrintWriter out, PrintWriter err) throws IOException {
        while (true) {
            String line = lines.readLine();
            if (line == null) {
                throw new CutOffException("the connection ended before the answer did");
            }
            ControlJson.Part part = read(line);
            switch (part.name()) {
                case "exit" -> {
                    return part.number().orElseThrow(ControlClient::stranger);
                }
                case "out" -> print(part, out);
                case "err" -> print(part, err);
                default -> {
                    // A later version may have other members.
                }
            }
        }
    }

    private static void print(ControlJson.Part part, PrintWriter writer) throws IOException {
        writer.print(part.text().orElseThrow(ControlClient::stranger));
        writer.flush();
    }

    private static IOException stranger() {
        return new IOException("what answers there is no control socket of xfrmctl");
    }

    private static ControlJson.Part read(String line) throws IOException {
        try {
            return ControlJson.part(line);
        } catch (IOException e) {
            IOException told = stranger();
            told.initCause(e);
            throw told;
        }
    }
}
