package org.xfrmctl.it.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    private static IpTranscript linux = IpTranscript.NONE;
    private static IpTranscript userspace = IpTranscript.NONE;
    private static String withoutDaemon = "";
    private static String links = "";
    private static String linksThroughTheLibrary = "";

    @BeforeAll
    static void runOnBoth() throws IOException, InterruptedException {
        RealKernel.requireOrSkip(Programs.find("gcc").isPresent(), "gcc libc6-dev");
        RealKernel.requireOrSkip(Programs.find("python3").isPresent(), "python3");
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
            IpSession session = new IpSession(ip, daemon.environment());
            userspace = IpTranscript.of(session);
            linksThroughTheLibrary = session.run("link show lo").out();
            assertThat(daemon.complaints()).isEmpty();
            assertThat(daemon.terminate()).isEqualTo(143);
            assertThat(daemon.socket()).doesNotExist();
            withoutDaemon = session.run("xfrm state").withoutTimes();
        }
        links = new IpSession(ip, Map.of()).run("link show lo").out();
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

    @Test
    void aProgramThatLooksCloserSeesNoDifferenceEither() {
        assertThat(linux.sockets()).startsWith("exit 0\n").hasLineCount(57);
        assertThat(userspace.sockets()).isEqualTo(linux.sockets());
    }

    @Test
    void otherSocketsStayWhatTheyAre() {
        assertThat(linksThroughTheLibrary).isNotEmpty().isEqualTo(links);
    }

    @Test
    void whereNoDaemonIsTheProgramIsToldSo() {
        assertThat(withoutDaemon).isEqualTo("exit 1\nCannot open netlink socket: No such file or directory\n");
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
