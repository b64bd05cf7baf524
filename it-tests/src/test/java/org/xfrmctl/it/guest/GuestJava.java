package org.xfrmctl.it.guest;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command line that starts a main class of the test class path in a guest, with the JVM that runs the test. */
public final class GuestJava {
    private GuestJava() {}

    /** The options make the JVM start fast on one slow CPU; what it unpacks goes to the guest's tmpfs. */
    public static List<String> command(Class<?> main, List<String> arguments) {
        return command(main, arguments, Path.of("/run/tmp"));
    }

    /** As {@link #command(Class, List)} for a place where what is unpacked goes to {@code scratch}. */
    public static List<String> command(Class<?> main, List<String> arguments, Path scratch) {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx256m",
                "-Djava.io.tmpdir=" + scratch,
                "-cp",
                classPath,
                main.getName()));
        command.addAll(arguments);
        return command;
    }
}
