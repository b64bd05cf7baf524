package org.xfrmctl.it.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.xfrmctl.cli.Main;
import org.xfrmctl.it.guest.Programs;
import org.xfrmctl.it.guest.RealKernel;

/** A shell of this machine, with the completion that the program writes for it. */
// The list is List.of(…), which the checker cannot see from the type.
@SuppressWarnings("ImmutableEnumChecker")
enum ShellUnderTest {
    bash("bash"),
    zsh("zsh", "-f"),
    fish("fish", "--no-config");

    private static final String END = "end";

    private final List<String> command;

    ShellUnderTest(String... command) {
        this.command = List.of(command);
    }

    void requireOrSkip() {
        RealKernel.requireOrSkip(Programs.find(name()).isPresent(), name());
    }

    /** What is offered behind each line: names of files without the directory that the line has, in order. What begins with "!" is run. */
    List<Set<String>> offers(Path directory, List<String> lines) {
        List<String> asked = new ArrayList<>(command);
        asked.add(copy(directory, "offer." + name()).toString());
        String script = run(directory, List.of(program(directory).toString(), "completion", name()));
        asked.add(write(directory.resolve("xfrmctl." + name()), script).toString());
        asked.addAll(lines);
        copy(directory, "inside.zsh");
        List<Set<String>> offers = new ArrayList<>();
        Set<String> offered = new TreeSet<>();
        for (String line : run(directory, asked).lines().toList()) {
            if (line.equals(END)) {
                offers.add(offered);
                offered = new TreeSet<>();
            } else if (!line.isBlank()) {
                offered.add(plain(line, directory));
            }
        }
        return offers;
    }

    /** What the shell printed on standard error. */
    static String said(Path directory) throws IOException {
        return Files.readString(directory.resolve("err"));
    }

    /** As all shells would print it: without the description of fish and zsh's blanks, and without what was typed already. */
    private static String plain(String line, Path directory) {
        String candidate = line.split("\t", -1)[0].strip();
        return candidate.replace(directory + "/", "").replaceAll("^--[a-z-]+=|^-f|/$", "");
    }

    /** A program of its own, on the path as {@code xfrmctl}: it notes how it was called. */
    private static Path program(Path directory) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path program = write(
                directory.resolve("bin").resolve("xfrmctl"),
                "#!/bin/sh\necho \"${XFRMCTL_AS_IS:+as is: }$*\" >>" + directory + "/calls\nexec " + java
                        + " -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path") + "' "
                        + Main.class.getName() + " \"$@\"\n");
        if (!program.toFile().setExecutable(true)) {
            throw new IllegalStateException(program + " cannot be made a program");
        }
        return program;
    }

    private static String run(Path directory, List<String> command) {
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (old, own) -> own + ":" + old);
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("TERM", "xterm");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + Files.readString(err));
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path copy(Path directory, String name) {
        try (var in = Objects.requireNonNull(ShellUnderTest.class.getResourceAsStream(name), name)) {
            return write(directory.resolve(name), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path write(Path file, String text) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
