package org.xfrmctl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** The program as a process of its own: what becomes of its standard output. */
class MainTest {
    private static final int EVENTS = 50_000;

    @TempDir
    private Path directory;

    private ProcessBuilder program(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    /** More than a pipe holds. */
    private Path events() throws IOException {
        MessageWriter messages = new MessageWriter();
        XfrmEvent event = new XfrmEvent.StatesFlushed(IpProtocol.ESP);
        for (int i = 0; i < EVENTS; i++) {
            event.encode(messages.begin(event.type(), 0, 0, 0));
            messages.end();
        }
        byte[] bytes = new byte[messages.length()];
        messages.datagram().get(bytes);
        return Files.write(directory.resolve("events"), bytes);
    }

    private static String err(Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void outputThatIsLostIsAFailure() throws IOException, InterruptedException {
        Process process =
                program("version").redirectOutput(Path.of("/dev/full").toFile()).start();

        assertThat(err(process)).isEqualTo("xfrmctl: standard output: No space left on device: not all was written\n");
        assertThat(process.waitFor()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aFileThatTheLocaleCannotNameIsToldOf() throws IOException, InterruptedException {
        for (List<String> words : List.of(List.of("batch", "k\u00e4"), List.of("monitor", "--file", "k\u00e4"))) {
            // Whatever the locale here: a file holds the bytes of the name, a Java command line might not.
            Path script = Files.writeString(
                    directory.resolve("script"),
                    String.join(" ", program(words.toArray(String[]::new)).command()));
            ProcessBuilder shell = new ProcessBuilder("sh", script.toString());
            shell.environment().put("LC_ALL", "C");
            Process process = shell.start();

            assertThat(err(process)).contains("this locale has no name for the file", "LC_ALL=C.UTF-8");
            assertThat(process.waitFor()).isPositive();
        }
    }

    /** As behind {@code | head -1}. */
    @Test
    void aReaderThatLeavesIsNone() throws IOException, InterruptedException {
        Process process = program("monitor", "--file", events().toString()).start();
        process.getInputStream().close();

        assertThat(err(process)).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void aFileMayBeAPipe() throws IOException, InterruptedException {
        Process process = program("monitor", "--file", "-")
                .redirectInput(events().toFile())
                .start();

        assertThat(process.inputReader(StandardCharsets.UTF_8).lines()).hasSize(EVENTS);
        assertThat(err(process)).isEmpty();
        assertThat(process.waitFor()).isZero();
    }
}
