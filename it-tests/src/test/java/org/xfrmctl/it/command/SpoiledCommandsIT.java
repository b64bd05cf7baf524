package org.xfrmctl.it.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.it.contract.OwnNamespace;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Place;
import org.xfrmctl.netlink.command.BatchFile;
import org.xfrmctl.netlink.command.HostNames;
import org.xfrmctl.netlink.command.IpCommandParser;
import org.xfrmctl.netlink.command.ProtocolNumbers;

/**
 * What is a command and what is none, by the installed {@code ip} and by this program, for lines that are spoiled at
 * random: {@code ip} ends with 0 or 2 where it sent something, and with another status where it did not.
 */
class SpoiledCommandsIT {
    private static final int LINES = 800;

    /** Where this program is stricter, on purpose. */
    private static final List<String> STRICTER = List.of(
            "the algorithm's name has 1 to 63 printable characters",
            "a second \"sel\"",
            "no policy has index 0",
            "the command is complete before it");

    private final IpCommandParser parser = new IpCommandParser(new HostNames(
            name -> name.equals("lo") ? 1 : 0, ProtocolNumbers.ofHost()::numberOf, name -> {
                throw new ConfigException(new Place(name, 1, 1, ""), "is not there");
            }));

    @TempDir
    private Path scratch;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void bothAgreeOnWhatIsACommand(long seed) throws IOException, InterruptedException {
        Path file = scratch.resolve("lines");
        Path answers = scratch.resolve("answers");
        // There is one interface in a new namespace.
        List<String> lines = new SpoiledLines(seed)
                .lines(LINES).stream()
                        .map(line -> line.replace("dev v0", "dev lo"))
                        .toList();
        Files.write(file, lines);
        OwnNamespace.run(SpoiledProof.class, List.of(file.toString(), answers.toString(), InstalledIp.path()), scratch);
        List<String> theirs = Files.readAllLines(answers);
        int taken = 0;
        for (int i = 0; i < LINES; i++) {
            boolean sent = theirs.get(i).startsWith("0 ") || theirs.get(i).startsWith("2 ");
            taken += sent ? 1 : 0;
            String ours = refusal(lines.get(i));
            if (!(sent && STRICTER.stream().anyMatch(ours::contains))) {
                assertThat(ours.isEmpty())
                        .as("seed %d line %d: %s%n  ip: %s%n  ours: %s", seed, i, lines.get(i), theirs.get(i), ours)
                        .isEqualTo(sent);
            }
        }
        assertThat(taken).isBetween(LINES / 20, LINES / 2);
    }

    /** What this program says of a line; nothing if it takes it. */
    private String refusal(String line) {
        try {
            BatchFile.read("line", line, parser);
            return "";
        } catch (ConfigException refused) {
            return refused.getMessage();
        }
    }
}
