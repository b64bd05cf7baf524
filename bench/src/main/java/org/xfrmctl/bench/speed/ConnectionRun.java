package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.xfrmctl.manager.apply.Lifecycle;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.journal.FileJournal;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DefinitionReader;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * How long it takes until many connections are up, beside {@code ip -batch} for the same objects, in the network namespace
 * that it is started in: it wants empty tables and leaves them empty. All take turns.
 *
 * <p>Arguments: the {@code xfrmctl} launcher, how many rounds, and how many connections. With {@code once FILE STATE-DIRECTORY} it plans and applies a
 * definition and prints the nanoseconds.
 */
final class ConnectionRun {
    private static final String ONCE = "once";

    private final String launcher;
    private final ManyConnections connections;
    private final Program program;
    private final XfrmClient client;

    private ConnectionRun(String launcher, ManyConnections connections, Program program, XfrmClient client) {
        this.launcher = launcher;
        this.connections = connections;
        this.program = program;
        this.client = client;
    }

    public static void main(String[] arguments) throws IOException {
        try (XfrmClient client = new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM))) {
            if (arguments[0].equals(ONCE)) {
                DesiredState desired = desired(Path.of(arguments[1]));
                System.out.println(
                        planAndApply(desired, client, Path.of(arguments[2])).toNanos());
                return;
            }
            Path directory = Files.createTempDirectory("xfrmctl-connections");
            ManyConnections connections = new ManyConnections(directory, Integer.parseInt(arguments[2]));
            connections.write();
            Program program = new Program(directory);
            System.out.println(new Machine(program).describe() + "; " + Machine.load());
            System.out.println(new ConnectionRun(arguments[0], connections, program, client)
                    .table(Integer.parseInt(arguments[1])));
            connections.delete();
        }
    }

    private static DesiredState desired(Path file) {
        Definition definition = DefinitionReader.read(file);
        return ConnectionCompiler.compile(definition, ManyConnections.keys(definition));
    }

    private static Duration planAndApply(DesiredState desired, XfrmClient client, Path state) {
        try (Journal journal = FileJournal.open(state, "this", Duration.ZERO)) {
            Lifecycle lifecycle = new Lifecycle(desired, XfrmTables.of(client), journal, Clock.systemUTC());
            long start = System.nanoTime();
            lifecycle.run(Goal.UP, desired.names());
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private MarkdownTable table(int rounds) {
        DesiredState desired = desired(connections.definition());
        Map<String, Supplier<Duration>> contestants = new LinkedHashMap<>();
        contestants.put(
                "`ip -batch`",
                () -> program.time(List.of("ip", "-batch", connections.batch().toString())));
        contestants.put(
                "plan and apply, first in its JVM",
                () -> Duration.ofNanos(Long.parseLong(program.run(java(
                                ConnectionRun.class.getName(),
                                ONCE,
                                connections.definition().toString(),
                                state().toString()))
                        .output())));
        contestants.put("plan and apply, again", () -> planAndApply(desired, client, state()));
        contestants.put(
                "`xfrmctl up`, the whole process",
                () -> program.time(List.of(
                        launcher, "up", "-f", connections.definition().toString(), "--state-dir", state().toString())));
        Map<String, List<Duration>> times = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            contestants.forEach((name, contestant) -> {
                times.computeIfAbsent(name, each -> new ArrayList<>()).add(contestant.get());
                require(2 * connections.count());
                client.flushStates(IpProtocol.ANY);
                client.flushPolicies(PolicyType.MAIN);
            });
        }
        Times ip = Times.of(times.values().iterator().next());
        MarkdownTable table = new MarkdownTable(1, connections.count() + " connections by", "ms", "times `ip -batch`");
        times.forEach((name, each) -> table.row(
                name,
                Times.of(each).dividedBy(1e6).text("%.0f"),
                ip.speedOver(Times.of(each)).text("%.2f")));
        return table;
    }

    private void require(int states) {
        int there = client.countStates().states();
        if (there != states) {
            throw new IllegalStateException("the kernel has " + there + " states and should have " + states);
        }
    }

    /** Another one each time: a journal names what is there, and that is taken away. */
    private Path state() {
        try {
            return Files.createTempDirectory(connections.directory(), "state");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> java(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(words));
        return command;
    }
}
