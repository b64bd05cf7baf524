package org.xfrmctl.cli.snapshot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.cli.kernel.HostFiles;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.OpenDefaults;
import org.xfrmctl.cli.render.DefaultsJson;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.cli.render.PolicyJson;
import org.xfrmctl.cli.render.StateJson;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Writes what there is to see of a host into the files of a directory. Keys are in none of them. */
public final class SnapshotWriter {
    private final Kernel kernel;
    private final Path directory;
    private final String program;
    private final List<String> written = new ArrayList<>();

    /** {@code program} says which version this is. */
    public SnapshotWriter(Kernel kernel, Path directory, String program) {
        this.kernel = kernel;
        this.directory = directory;
        this.program = program;
    }

    /**
     * The names of the files that were written.
     *
     * @throws SnapshotException if the directory holds something already
     */
    public List<String> write(Instant now) {
        try {
            prepare();
            writeRoutes(writeTables());
            Optional<Path> proc = kernel.proc();
            if (proc.isPresent()) {
                write(SnapshotFile.STATISTICS, HostFiles.statistics(proc.get()));
                write(SnapshotFile.SETTINGS, HostFiles.settings(proc.get()));
                Optional<Set<Integer>> ports = HostFiles.udpPorts(proc.get());
                if (ports.isPresent()) {
                    write(SnapshotFile.PORTS, List.copyOf(ports.get()));
                }
                writeText(HostFiles.firewall());
                Optional<List<String>> legacy = HostFiles.legacyFilters(proc.get());
                if (legacy.isPresent()) {
                    write(SnapshotFile.LEGACY_FILTERS, legacy.get());
                }
            }
            write(SnapshotFile.MANIFEST, manifest(proc, now));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(written);
    }

    private void prepare() throws IOException {
        if (Files.exists(directory)) {
            if (!Files.isDirectory(directory)) {
                throw new SnapshotException(directory, "is no directory", "name one that is empty or not there yet");
            }
            try (Stream<Path> content = Files.list(directory)) {
                if (content.findAny().isPresent()) {
                    throw new SnapshotException(
                            directory, "is not empty", "name a directory that is, or that is not there yet");
                }
            }
        } else {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private List<XfrmState> writeTables() throws IOException {
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            List<XfrmState> states = client.listStates();
            write(
                    SnapshotFile.STATES,
                    states.stream().map(state -> StateJson.of(state, false)).toList());
            write(
                    SnapshotFile.POLICIES,
                    client.listPolicies().stream().map(PolicyJson::of).toList());
            write(
                    SnapshotFile.DEFAULTS,
                    DefaultsJson.of(OpenDefaults.ask(client).orElse(OpenDefaults.ACCEPT)));
            return states;
        }
    }

    private void writeRoutes(List<XfrmState> states) throws IOException {
        var transport = kernel.openRoute();
        if (transport.isPresent()) {
            try (RouteClient client = new RouteClient(transport.get())) {
                write(SnapshotFile.LINKS, RouteFiles.links(client));
                write(SnapshotFile.ADDRESSES, RouteFiles.addresses(client));
                write(SnapshotFile.ROUTES, RouteFiles.routes(client));
                write(SnapshotFile.PATHS, PathFiles.paths(client, states));
                var rules = RuleFiles.rules(client);
                if (rules.isPresent()) {
                    write(SnapshotFile.RULES, rules.get());
                }
            }
        }
    }

    private Map<String, Object> manifest(Optional<Path> proc, Instant now) throws IOException {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("format", SavedHost.FORMAT);
        manifest.put("program", program);
        if (proc.isPresent()) {
            manifest.put("kernel", HostFiles.release(proc.get()));
            HostFiles.acquires(proc.get()).ifPresent(there -> manifest.put("acquires", there));
        }
        manifest.put("time", now.getEpochSecond());
        manifest.put("date", Instant.ofEpochSecond(now.getEpochSecond()).toString());
        manifest.put("files", List.copyOf(written));
        return manifest;
    }

    private void write(SnapshotFile file, Object value) throws IOException {
        writeText(file, Json.print(value) + "\n");
    }

    private void writeText(Optional<String> firewall) throws IOException {
        if (firewall.isPresent()) {
            writeText(SnapshotFile.FIREWALL, firewall.get());
        }
    }

    private void writeText(SnapshotFile file, String text) throws IOException {
        Files.writeString(directory.resolve(file.toString()), text, StandardCharsets.UTF_8);
        written.add(file.toString());
    }
}
