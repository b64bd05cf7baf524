package org.xfrmctl.cli.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.netlink.sys.PeerCredentials;
import org.xfrmctl.netlink.sys.StreamListener;

/** Doors whose command says what it was asked, and who asks at them. */
@Timeout(60)
abstract class OpenDoors {
    static final long SOMEBODY = 4711;
    static final PeerCredentials OWNER = new PeerCredentials(SOMEBODY, SOMEBODY, List.of());
    /** As many as usual, but however busy the machine is. */
    static final ControlLimits PATIENT = new ControlLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 16, 240);

    static final Duration SHORT = Duration.ofMillis(50);
    static final Executor THREADS = work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    };

    @TempDir
    Path directory;

    final List<String> log = new CopyOnWriteArrayList<>();
    final List<ControlDoor> doors = new ArrayList<>();
    volatile PeerCredentials peer = OWNER;
    volatile boolean isDefect;

    /** Says what it was asked, and keeps those who ask for {@code wait} waiting. */
    final CountDownLatch release = new CountDownLatch(1);

    final CountDownLatch begun = new CountDownLatch(1);

    int command(List<String> words, PrintWriter out, PrintWriter err) {
        if (words.get(0).equals("wait")) {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (words.get(0).equals("much")) {
            long times = words.stream().filter("much"::equals).count();
            for (long i = 0; i < times * times; i++) {
                out.print("0123456789abcdef".repeat(512 * 1024));
            }
        }
        out.println(words);
        err.println("for " + words.size());
        return words.size();
    }

    PeerCredentials peer() {
        if (isDefect) {
            throw new IllegalStateException("a defect");
        }
        return peer;
    }

    Path socket(ControlLimits limits) throws IOException {
        Path path = directory.resolve("control" + doors.size());
        ControlDoor door = new ControlDoor(
                StreamListener.at(path),
                new ControlAccess(SOMEBODY, OptionalLong.of(99)),
                connection -> peer(),
                limits,
                this::command,
                log::add);
        doors.add(door);
        THREADS.execute(() -> {
            try {
                door.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return path;
    }

    @AfterEach
    void close() throws InterruptedException {
        release.countDown();
        for (ControlDoor door : doors) {
            door.close();
            door.awaitEnd(Duration.ofSeconds(20));
        }
    }

    static SocketChannel connect(Path path) throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    /** What comes, to the end. Where a request was not read to its own end, that is a reset. */
    static String all(SocketChannel channel) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            while (channel.read(buffer) >= 0) {
                bytes.write(buffer.array(), 0, buffer.position());
                buffer.clear();
            }
        } catch (IOException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return bytes.toString(UTF_8);
    }

    /** What is answered to bytes after which nothing comes. */
    static String answer(Path path, byte[] request) throws IOException {
        try (SocketChannel channel = connect(path)) {
            send(channel, ByteBuffer.wrap(request));
            return all(channel);
        }
    }

    /** Who is turned away may find that nobody reads; the answer is there all the same. */
    static void send(SocketChannel channel, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.shutdownOutput();
        } catch (IOException answered) {
            assertThat(answered).hasMessageContaining("Broken pipe");
        }
    }

    static String answer(Path path, String request) throws IOException {
        return answer(path, request.getBytes(UTF_8));
    }

    static void assertAnswers(Path path) throws IOException {
        assertThat(answer(path, "{\"command\":[\"a\",\"b\"]}\n"))
                .isEqualTo("{\"out\":\"[a, b]\\n\"}\n{\"err\":\"for 2\\n\"}\n{\"exit\":2}\n");
    }
}
