package org.xfrmctl.it.guest;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.cli.Main;
import org.xfrmctl.cli.kernel.RunningKernel;

/** Commands and what they said: printed inside the guest, and looked up behind it. */
record Transcript(String text) {
    /** What a proof prints on User Mode Linux, where Java finds IPv6. */
    static Transcript of(Class<?> proof, Path results) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "modprobe ipv6 && ip link set lo up && exec \"$@\"", "sh"));
        command.addAll(GuestJava.command(proof, List.of()));
        GuestRun run = RealKernel.userModeLinux().run(command, results, Duration.ofMinutes(10));
        if (run.exitStatus() != 0) {
            throw new IllegalStateException(proof + " ended with " + run.exitStatus() + run.console() + run.stdout());
        }
        return new Transcript(run.stdout());
    }

    /** Runs a command of ours on a definition, and prints it with its exit status; {@code state} is printed as DIR. */
    static void run(Path file, Path state, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("-f", file.toString()));
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        int status = Main.commandLine(new RunningKernel())
                .setOut(writer)
                .setErr(writer)
                .execute(all.toArray(new String[0]));
        System.out.println(
                "$ " + String.join(" ", words).replace(state.toString(), "DIR") + "\n" + text + "= " + status);
    }

    /** Runs another program, and prints what it says, or why it says nothing. */
    static void show(String command) throws InterruptedException {
        String output;
        try {
            output = GuestCommand.run(command);
        } catch (IOException e) {
            output = String.valueOf(e.getMessage());
        }
        System.out.println("# " + command + "\n" + output.stripTrailing());
    }

    /** What stands below a command the {@code nth} time, from 1 on, up to the next one. */
    String after(String command, int nth) {
        return List.of(text.split("(?m)^(?=[$#] )")).stream()
                .filter(part -> part.lines().findFirst().orElse("").endsWith(" " + command))
                .skip(nth - 1)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + command + " in\n" + text));
    }
}
