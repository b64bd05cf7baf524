package org.xfrmctl.it.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.xfrmctl.it.guest.GuestJava;
import org.xfrmctl.it.guest.GuestKernel;
import org.xfrmctl.it.guest.GuestRun;
import org.xfrmctl.it.guest.RealKernel;

/** Every scenario on a real kernel: records and captures. Shared by all tests of a build. */
final class KernelRun {
    private static final Duration LIMIT = Duration.ofMinutes(20);
    /** User Mode Linux has one CPU, so that two of them take half the time. */
    private static final Shared EVERYTHING =
            new Shared("kernel-run", List.of(GuestScenarios.Part.FIRST_HALF, GuestScenarios.Part.SECOND_HALF));

    private static final Shared XFRM_INTERFACES = new Shared("interface-run", List.of(GuestScenarios.Part.INTERFACES));

    /** By a scenario's name, where its captures are. */
    private final Map<String, Path> directories = new HashMap<>();

    private final Map<String, ScenarioRecord> records = new HashMap<>();
    private final List<Path> parts;

    private KernelRun(List<Path> parts) throws IOException {
        this.parts = parts;
        for (Path part : parts) {
            ScenarioRecord.All all = RecordFile.read(part.resolve("scenarios.json"), ScenarioRecord.All.class);
            records.putAll(all.scenarios());
            all.scenarios().keySet().forEach(name -> directories.put(name, part));
        }
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

    /** One boot of each part for all tests of a build. */
    private static final class Shared {
        private final String directory;
        private final List<GuestScenarios.Part> parts;
        /** The run, or why there is none; guarded by this. */
        private Optional<KernelRun> run = Optional.empty();

        private Optional<RuntimeException> failure = Optional.empty();

        Shared(String directory, List<GuestScenarios.Part> parts) {
            this.directory = directory;
            this.parts = parts;
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
            Path all = Scenarios.checkout().resolve("it-tests/target").resolve(directory);
            ExecutorService guests = Executors.newFixedThreadPool(parts.size());
            try {
                clear(all);
                List<Future<Path>> running = parts.stream()
                        .map(part -> guests.submit(() -> boot(kernel, part, all.resolve(part.name()))))
                        .toList();
                List<Path> results = new ArrayList<>();
                for (Future<Path> part : running) {
                    results.add(part.get());
                }
                return new KernelRun(results);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } finally {
                // A guest that still runs is ended.
                guests.shutdownNow();
            }
        }

        private static Path boot(GuestKernel kernel, GuestScenarios.Part part, Path results)
                throws IOException, InterruptedException {
            Files.createDirectories(results);
            GuestRun run = kernel.run(
                    GuestJava.command(GuestScenarios.class, List.of(results.toString(), part.name())), results, LIMIT);
            if (run.exitStatus() != 0) {
                throw new IllegalStateException("the guest ended with " + run.exitStatus() + ":\n" + run.console());
            }
            System.out.printf(
                    "real kernel: boot %d ms, %s of the scenarios %d s%n",
                    run.boot().toMillis(), part, run.took().toSeconds());
            return results;
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
        return Optional.ofNullable(records.get(scenario))
                .orElseThrow(() -> new IllegalArgumentException("no record of " + scenario));
    }

    Path capture(String scenario, String link) {
        return Objects.requireNonNull(directories.get(scenario), scenario).resolve(scenario + "-" + link + ".pcap");
    }

    /** What the guest of the first part left beside the scenarios' records. */
    Path file(String name) {
        return parts.get(0).resolve(name);
    }
}
