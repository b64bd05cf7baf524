package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * The whole comparison, in the network namespace that it is started in: it wants empty tables and leaves them empty.
 *
 * <p>Arguments: the {@code xfrmctl} launcher; how often the library does all of it before it is timed, for the JVM
 * compiles what has run often; how many rounds are timed; {@code policy} or {@code state}; and how many of them, once or
 * several times, the fewest first.
 */
final class SpeedRun {
    /** The library sends as many requests in one datagram. */
    private static final int TOGETHER = 64;
    /** So many entries show whether all contestants make the same ones. */
    private static final int FEW = 100;

    private final int warmUp;
    private final int rounds;
    private final Subject subject;
    private final List<Integer> counts;
    private final XfrmClient client;
    private final Program program;
    private final String launcher;
    private final CLoop loop;

    private SpeedRun(List<String> arguments, XfrmClient client, Program program) {
        this.launcher = arguments.get(0);
        this.warmUp = Integer.parseInt(arguments.get(1));
        this.rounds = Integer.parseInt(arguments.get(2));
        this.subject = Subject.of(arguments.get(3));
        this.counts = arguments.stream().skip(4).map(Integer::valueOf).toList();
        this.client = client;
        this.program = program;
        this.loop = new CLoop(CLoop.compile(program), subject, 1, program);
    }

    public static void main(String[] arguments) throws IOException {
        int status = 0;
        Path directory = Files.createTempDirectory("xfrmctl-speed");
        try (XfrmClient client = new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM))) {
            new SpeedRun(Arrays.asList(arguments), client, new Program(directory)).run();
        } catch (IllegalStateException foreseen) {
            System.err.println("bench-netlink: " + foreseen.getMessage());
            status = 1;
        } finally {
            delete(directory);
        }
        System.exit(status);
    }

    private void run() {
        InProcess library = new InProcess(subject, client);
        BatchFiles files = new BatchFiles(subject, program.directory());
        Commands ip = Commands.ip(files, program);
        CLoop together = new CLoop(loop.loop(), subject, TOGETHER, program);
        Race race = new Race(
                subject, List.of(library, Commands.xfrmctl(launcher, files, program), ip, loop, together), client);

        System.out.println(new Machine(program).describe() + "; " + rounds + " rounds; " + Machine.load());
        race.requireTheSameWork(FEW);
        warmUp(library);
        for (int count : counts) {
            System.out.println("\n" + count + " " + subject.plural() + "\n");
            System.out.print(race.run(rounds, count).table(ip, loop));
        }
        System.out.println("\n" + new RoundTrips(client, loop).table(rounds));
        System.out.println(smallHeap(library));
        System.out.println(Machine.load());
    }

    private void warmUp(Contestant library) {
        for (int i = 0; i < warmUp; i++) {
            for (Operation operation : Operation.values()) {
                library.time(operation, counts.get(0));
            }
        }
    }

    private MarkdownTable smallHeap(Contestant library) {
        SmallHeap heap = new SmallHeap(launcher, subject, program);
        MarkdownTable table = SmallHeap.table();
        for (int count : counts) {
            library.time(Operation.ADD, count);
            heap.measure(count, table);
            library.time(Operation.DELETE, count);
        }
        return table;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
