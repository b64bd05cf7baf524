package org.xfrmctl.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.datapath.kernel.UserspaceKernel;
import org.xfrmctl.model.Key;
import org.xfrmctl.netlink.command.BatchFile;
import org.xfrmctl.netlink.command.HostNames;
import org.xfrmctl.netlink.command.IpCommandParser;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** A race on the userspace kernel, which has both tables wherever it runs. */
class RaceTest {
    private final XfrmClient client =
            new XfrmClient(new UserspaceKernel(new XfrmNamespace(Clock.systemUTC(), new Random(1))).open());

    @TempDir
    private Path directory;

    /** Makes what the commands of a batch file ask for. */
    private record Lines(Subject subject, XfrmClient client, BatchFiles files) implements Contestant {
        @Override
        public String name() {
            return "lines";
        }

        @Override
        public Duration time(Operation operation, int count) {
            if (operation != Operation.DUMP) {
                assertThat(client.executeAll(requests(files.file(operation, count))))
                        .allMatch(each -> each.isEmpty());
            }
            return Duration.ofMillis(1);
        }

        private static List<Request> requests(Path file) {
            IpCommandParser parser =
                    new IpCommandParser(new HostNames(name -> 0, name -> OptionalInt.empty(), name -> Key.EMPTY));
            try {
                return BatchFile.read("lines", Files.readString(file), parser).stream()
                        .map(BatchFile.Line::request)
                        .toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int dumped() {
            return subject.dump(client);
        }
    }

    private Lines lines(Subject subject) {
        return new Lines(subject, client, new BatchFiles(subject, directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy", "state"})
    void linesMakeWhatTheLibraryMakes(String word) {
        Subject subject = Subject.of(word);
        Race race = new Race(subject, List.of(new InProcess(subject, client), lines(subject)), client);

        race.requireTheSameWork(5);

        assertThat(subject.count(client)).isZero();
    }

    @Test
    void whoMakesSomethingElseIsFoundOut() throws IOException {
        Subject subject = new Policies();
        Lines lines = lines(subject);
        Path file = lines.files().file(Operation.ADD, 5);
        Files.writeString(file, Files.readString(file).replace("reqid 3 ", "reqid 33 "));
        Race race = new Race(subject, List.of(new InProcess(subject, client), lines), client);

        assertThatThrownBy(() -> race.requireTheSameWork(5))
                .hasMessage("lines does not make the policies that library makes");
    }

    @Test
    void aTableInUseIsLeftAlone() {
        Subject subject = new Policies();
        InProcess library = new InProcess(subject, client);
        library.time(Operation.ADD, 3);
        Race race = new Race(subject, List.of(library), client);

        assertThatThrownBy(() -> race.requireTheSameWork(5)).hasMessageContaining("3 policies in the kernel");
        assertThat(subject.count(client)).isEqualTo(3);
    }

    @Test
    void everyContestantHasATimeForEveryOperation() {
        Subject subject = new States();
        InProcess library = new InProcess(subject, client);
        Lines lines = lines(subject);

        Results results = new Race(subject, List.of(library, lines), client).run(3, 5);

        assertThat(results.times()).hasSize(6);
        assertThat(results.table(library, lines).lines())
                .hasSize(8)
                .anyMatch(row -> row.startsWith("| dump | lines | 1.0 (1.0 to 1.0) | 5,000 |"));
    }
}
