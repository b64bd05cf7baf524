package org.xfrmctl.cli.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.sys.NotifySocket;

/**
 * Tells systemd how a daemon stands, by the protocol of sd_notify(3): datagrams to the socket that {@code NOTIFY_SOCKET}
 * names. Nothing is told, and no native code loaded, where nobody wants to hear. From any thread.
 */
public final class ServiceNotice implements AutoCloseable {
    private static final long NANOS_PER_MICRO = 1000;

    private final Optional<NotifySocket> socket;
    private final Optional<Duration> watchdog;
    private final Consumer<String> log;

    /** Whether the start has ended; until then nothing else that means READY may be told. */
    private volatile boolean isReady;

    /** Guarded by this: what is wrong is told once. */
    private boolean hasFailed;

    private ServiceNotice(Optional<NotifySocket> socket, Optional<Duration> watchdog, Consumer<String> log) {
        this.socket = socket;
        this.watchdog = watchdog;
        this.log = log;
    }

    /** For whom nobody waits. */
    public static ServiceNotice none() {
        return new ServiceNotice(Optional.empty(), Optional.empty(), line -> {});
    }

    /**
     * As the environment says.
     *
     * @param log is told if the notices get nowhere
     */
    public static ServiceNotice of(Map<String, String> environment, Consumer<String> log) {
        String name = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (!name.startsWith("/") && !name.startsWith("@")) {
            return none();
        }
        return new ServiceNotice(Optional.of(new NotifySocket(name)), watchdog(environment), log);
    }

    /** How long it may be silent, unless that is said to another process. */
    private static Optional<Duration> watchdog(Map<String, String> environment) {
        String process = environment.getOrDefault("WATCHDOG_PID", "");
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean meant = process.isEmpty()
                || process.equals(String.valueOf(ProcessHandle.current().pid()));
        return meant && micros.matches("[1-9][0-9]{0,14}")
                ? Optional.of(Duration.ofNanos(Long.parseLong(micros) * NANOS_PER_MICRO))
                : Optional.empty();
    }

    /** How often {@link #alive} is to be called: twice in the time after which it counts as hung. */
    public Optional<Duration> heartbeat() {
        return watchdog.map(limit -> limit.dividedBy(2));
    }

    /** It does what it is there for: the start has ended. */
    public void ready() {
        isReady = true;
        send("READY=1");
    }

    /** It reads its configuration again. {@code System.nanoTime()} is CLOCK_MONOTONIC on Linux, which systemd compares. */
    public void reloading() {
        if (isReady) {
            send("RELOADING=1\nMONOTONIC_USEC=" + System.nanoTime() / NANOS_PER_MICRO);
        }
    }

    /** It has read its configuration again. */
    public void reloaded() {
        if (isReady) {
            send("READY=1");
        }
    }

    public void stopping() {
        send("STOPPING=1");
    }

    /** A line for people. */
    public void status(String line) {
        tell(NotifySocket::offer, "STATUS=" + line.lines().findFirst().orElse(""));
    }

    /** Sign of life, if one is asked for. */
    public void alive() {
        if (watchdog.isPresent()) {
            tell(NotifySocket::offer, "WATCHDOG=1");
        }
    }

    private void send(String text) {
        tell(NotifySocket::send, text);
    }

    private void tell(BiConsumer<NotifySocket, String> way, String text) {
        if (socket.isEmpty()) {
            return;
        }
        try {
            way.accept(socket.get(), text);
        } catch (NetlinkException e) {
            tellOnce(e);
        }
    }

    private synchronized void tellOnce(NetlinkException e) {
        if (!hasFailed) {
            hasFailed = true;
            log.accept("warning: the service manager hears nothing of this at NOTIFY_SOCKET: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        socket.ifPresent(NotifySocket::close);
    }
}
