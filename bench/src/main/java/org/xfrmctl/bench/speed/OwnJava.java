package org.xfrmctl.bench.speed;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that starts another main class of this class path with the JVM that runs this one. */
final class OwnJava {
    private OwnJava() {}

    static List<String> command(Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        return command;
    }
}
