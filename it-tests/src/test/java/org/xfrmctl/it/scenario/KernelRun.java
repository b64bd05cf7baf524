package org.xfrmctl.it.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestKernel;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** One boot of the guest in which every scenario ran; its records and captures. Shared by all tests of a build. */
final class KernelRun {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final Shared EVERYTHING = new Shared("kernel-run", List.of());
    private static final Shared XFRM_INTERFACES = new Shared("interface-run", List.of(GuestScenarios.INTERFACES));

    private final Path results;
    private final ScenarioRecord.All records;

    private KernelRun(Path results, ScenarioRecord.All records) {
        this.results = results;
        this.records = records;
    }

    /** Boots at the first call; without a real kernel the calling test is skipped or fails ({@link RealKernel}). */
    static KernelRun get() {
        return EVERYTHING.get(RealKernel.userModeLinux());
    }

    /** The same, of the scenarios with xfrm interfaces or nftables, on a kernel that has these. */
    static KernelRun withXfrmInterfaces() {
        return XFRM_INTERFACES.get(RealKernel.qemu());
    }

    /** The run that has a scenario with transfers: on a kernel with nftables if it takes that. */
    static KernelRun ofTransfers(String scenario) {
        boolean nft = Scenarios.firewalls().stream().map(Scenarios::name).anyMatch(scenario::equals);
        return nft ? withXfrmInterfaces() : get();
    }

    /** One boot for all tests of a build. */
    private static final class Shared {
        private final String directory;
        private final List<String> arguments;
        /** The run, or why there is none; guarded by this. */
        private Optional<KernelRun> run = Optional.empty();

        private Optional<RuntimeException> failure = Optional.empty();

        Shared(String directory, List<String> arguments) {
            this.directory = directory;
            this.arguments = arguments;
        }

        synchronized KernelRun get(GuestKernel kernel) {
            failure.ifPresent(reason -> {
                throw new IllegalStateException("the guest failed before", reason);
            });
            if (run.isEmpty()) {
                try {
                    run = Optional.of(boot(kernel));
                } catch (RuntimeException e) {
                    failure = Optional.of(e);
                    throw e;
                }
            }
            return run.orElseThrow();
        }

        private KernelRun boot(GuestKernel kernel) {
            try {
                Path results = Scenarios.checkout().resolve("it-tests/target").resolve(directory);
                clear(results);
                List<String> words = new ArrayList<>(List.of(results.toString()));
                words.addAll(arguments);
                GuestRun run = kernel.run(GuestJava.command(GuestScenarios.class, words), results, LIMIT);
                if (run.exitStatus() != 0) {
                    throw new IllegalStateException("the guest ended with " + run.exitStatus() + ":\n" + run.console());
                }
                System.out.printf(
                        "real kernel: boot %d ms, all scenarios %d s%n",
                        run.boot().toMillis(), run.took().toSeconds());
                return new KernelRun(
                        results, RecordFile.read(results.resolve("scenarios.json"), ScenarioRecord.All.class));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private static void clear(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var paths = Files.walk(directory)) {
                for (Path path :
                        paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(directory);
    }

    ScenarioRecord record(String scenario) {
        return Optional.ofNullable(records.scenarios().get(scenario))
                .orElseThrow(() -> new IllegalArgumentException("no record of " + scenario));
    }

    Path capture(String scenario, String link) {
        return results.resolve(scenario + "-" + link + ".pcap");
    }

    Path file(String name) {
        return results.resolve(name);
    }
}
