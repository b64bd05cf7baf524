package org.xfrmctl.it.lifecycle;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.it.contract.PassingTransport;
import org.xfrmctl.netlink.NetlinkTransport;

/** One of the two gateways and the program on it. */
final class Gateway implements Kernel, AutoCloseable {
    /** The end of a run in its middle. No part of the program catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final int NEVER = Integer.MAX_VALUE;

    private final String name;
    private final Stage stage;
    private final TwoEnds ends;
    private final Set<NetlinkTransport> open = ConcurrentHashMap.newKeySet();
    /** Requests until the run of this thread is killed; only the thread that makes the runs counts. */
    private final ThreadLocal<Integer> left = ThreadLocal.withInitial(() -> NEVER);
    /** Only the thread that plays the script touches it. */
    private Optional<BesideWatch> watch = Optional.empty();

    Gateway(String name, Stage stage, TwoEnds ends) {
        this.name = name;
        this.stage = stage;
        this.ends = ends;
    }

    /** Runs a command on connections that must come to its end. */
    String run(String command, String... more) {
        return run(words(command, more));
    }

    /** Runs a command on the kernel's tables, as somebody else may. */
    void tables(String line) {
        var unused = run(line.split(" "));
    }

    private String run(String[] words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.commandLine(this)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words);
        if (status != 0) {
            throw new IllegalStateException(
                    name + ": " + String.join(" ", words) + " ended with " + status + ": " + err);
        }
        return out.toString();
    }

    /** Runs a command that is killed when it has made so many requests; false if it came to its end. */
    boolean isKilled(int requests, String command, String... more) {
        left.set(requests);
        try {
            run(command, more);
            return false;
        } catch (Killed expected) {
            return true;
        } finally {
            left.set(NEVER);
        }
    }

    private String[] words(String command, String... more) {
        Path directory = ends.directory();
        List<String> words = new ArrayList<>(List.of(
                command,
                "--state-dir",
                directory.resolve(name + "-state").toString(),
                "--epoch-dir",
                directory.resolve(name + "-epochs").toString(),
                "-f",
                ends.file(name).toString()));
        // Asking takes no lock, so it has nothing to wait for.
        if (!command.equals("status")) {
            words.addAll(List.of("--wait", "60"));
        }
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /** A watch beside what follows, until this is closed. */
    void watch() {
        watch = Optional.of(BesideWatch.start(this, words("watch", "--poll", "3600")));
    }

    /** Fails if the watch has ended by itself. */
    void stillWatches() {
        watch.orElseThrow(() -> new IllegalStateException(name + ": no watch was begun"))
                .isAliveOrThrow();
    }

    @Override
    public NetlinkTransport open() {
        NetlinkTransport transport = new Steps(stage.laboratory().host(name).openNetlink());
        open.add(transport);
        return transport;
    }

    /** Beside the tables: packets do not run between two of its requests, and no run is killed there. */
    @Override
    public Optional<LinkSession> openLinks() {
        return Optional.of(stage.laboratory().host(name).openLinks());
    }

    @Override
    public Optional<String> name() {
        return Optional.of("lifecycle-" + name);
    }

    /** With what its watch said. */
    @Override
    public String toString() {
        return name + watch.map(beside -> ", beside " + beside).orElse("");
    }

    /** The watch ends first, for it opens sockets. */
    @Override
    public void close() {
        watch.ifPresent(BesideWatch::close);
        open.forEach(NetlinkTransport::close);
    }

    /** A transport with which packets run between every two datagrams. */
    private final class Steps extends PassingTransport {
        Steps(NetlinkTransport transport) {
            super(transport);
        }

        @Override
        public void send(ByteBuffer datagram) {
            int requests = left.get();
            if (requests == 0) {
                throw new Killed();
            }
            left.set(requests == NEVER ? NEVER : requests - 1);
            stage.traffic().around(() -> super.send(datagram));
        }

        @Override
        public void close() {
            open.remove(this);
            super.close();
        }
    }
}
