package org.xfrmctl.it.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.guest.RealKernel;
import org.xfrmctl.it.scenario.RecordFile;

/**
 * The installed {@code ip} cannot tell the userspace kernel from a real one: the same script, on User Mode Linux and through
 * the preload library, prints the same on both outputs, and ends in the same way, but for times. One boot serves all tests.
 */
class UnmodifiedIpIT {
    @TempDir
    private static Path results;

    @TempDir
    private static Path directory;

    private static List<String> commands = List.of();
    private static IpTranscript linux = new IpTranscript(List.of(), List.of(), List.of());
    private static IpTranscript userspace = linux;

    @BeforeAll
    static void runOnBoth() throws IOException, InterruptedException {
        RealKernel.requireOrSkip(Programs.find("gcc").isPresent(), "gcc libc6-dev");
        String ip = System.getProperty("xfrmctl.ip", System.getenv().getOrDefault("XFRMCTL_IP", "ip"));
        commands = IpTranscript.commands();
        Path transcript = results.resolve("transcript.json");
        GuestRun run = RealKernel.userModeLinux()
                .run(
                        GuestJava.command(IpTranscript.class, List.of(transcript.toString(), ip)),
                        results,
                        Duration.ofMinutes(5));
        assertThat(run.exitStatus()).as(run.console()).isZero();
        linux = RecordFile.read(transcript, IpTranscript.class);
        try (UserspaceDaemon daemon = UserspaceDaemon.start(directory)) {
            userspace = IpTranscript.of(new IpSession(ip, daemon.environment()));
            assertThat(daemon.complaints()).isEmpty();
        }
    }

    @Test
    void everyCommandIsAnsweredAlike() {
        assertThat(commands).hasSizeGreaterThan(200);
        assertThat(linux.answers()).hasSameSizeAs(commands);
        SoftAssertions all = new SoftAssertions();
        for (int i = 0; i < commands.size(); i++) {
            all.assertThat(userspace.answers().get(i))
                    .as(commands.get(i))
                    .isEqualTo(linux.answers().get(i));
        }
        all.assertAll();
    }

    /** Otherwise all might be refused alike. */
    @Test
    void theScriptHasBothKindsOfCommands() {
        List<String> ends = new ArrayList<>();
        linux.answers().forEach(answer -> ends.add(answer.lines().findFirst().orElse("")));
        assertThat(ends.stream().filter("exit 0"::equals)).hasSizeGreaterThan(100);
        assertThat(ends.stream().filter("exit 2"::equals)).hasSizeGreaterThan(30);
        assertThat(ends.stream().filter("exit 255"::equals)).hasSizeGreaterThan(5);
    }

    @Test
    void monitorsHearTheSame() {
        assertThat(linux.events()).hasSizeGreaterThan(300);
        assertThat(String.join("\n", userspace.events())).isEqualTo(String.join("\n", linux.events()));
        assertThat(linux.details()).hasSizeGreaterThan(600);
        assertThat(String.join("\n", userspace.details())).isEqualTo(String.join("\n", linux.details()));
    }
}
