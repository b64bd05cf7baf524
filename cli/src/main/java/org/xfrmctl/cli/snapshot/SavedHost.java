package org.xfrmctl.cli.snapshot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.xfrmctl.cli.explain.HostView;
import org.xfrmctl.cli.kernel.XfrmStat;
import org.xfrmctl.datapath.explain.Tables;
import org.xfrmctl.manager.doctor.Facts;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.DefaultPolicies;

/** Reads a host's tables and routes back from the files of a snapshot. */
public final class SavedHost {
    static final int FORMAT = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ETHERNET = 1500;

    private final Path directory;

    private SavedHost(Path directory) {
        this.directory = directory;
    }

    /**
     * What was seen there.
     *
     * @throws SnapshotException if it is no complete snapshot of a kind that is known here
     */
    public static HostView read(Path directory) {
        return new SavedHost(directory).view();
    }

    /**
     * The same for who looks for what is wrong. That counters rose cannot be seen.
     *
     * @throws SnapshotException if it is no complete snapshot of a kind that is known here
     */
    public static Facts facts(Path directory) {
        return new SavedHost(directory).facts();
    }

    private Facts facts() {
        JsonNode manifest = manifest();
        Optional<JsonNode> links = find(SnapshotFile.LINKS);
        Optional<JsonNode> addresses = find(SnapshotFile.ADDRESSES);
        Facts.Network network = links.isEmpty() || addresses.isEmpty()
                ? Facts.Network.UNKNOWN
                : network(links.get(), addresses.get())
                        .with(
                                find(SnapshotFile.SETTINGS),
                                new Facts.Sockets(
                                        manifest.has("acquires")
                                                ? Optional.of(manifest.path("acquires")
                                                        .asBoolean())
                                                : Optional.empty(),
                                        find(SnapshotFile.PORTS).map(SavedNetwork::ports)),
                                SavedNetwork.filters(find(SnapshotFile.FIREWALL), find(SnapshotFile.LEGACY_FILTERS)),
                                find(SnapshotFile.PATHS)
                                        .map(saved -> each(SnapshotFile.PATHS, saved, PathFiles::read))
                                        .orElse(List.of()));
        return new Facts(
                new Snapshot(
                        each(SnapshotFile.STATES, require(SnapshotFile.STATES), StateReader::read),
                        each(SnapshotFile.POLICIES, require(SnapshotFile.POLICIES), PolicyReader::read)),
                Optional.of(defaults(require(SnapshotFile.DEFAULTS))),
                find(SnapshotFile.STATISTICS).map(XfrmStat::read).orElse(Map.of()),
                Map.of(),
                network);
    }

    private SavedNetwork network(JsonNode links, JsonNode addresses) {
        try {
            return SavedNetwork.of(links, addresses);
        } catch (IllegalArgumentException e) {
            throw new SnapshotException(
                    directory.resolve(SnapshotFile.ADDRESSES.toString()),
                    String.valueOf(e.getMessage()),
                    "take the snapshot anew");
        }
    }

    private HostView view() {
        JsonNode manifest = manifest();
        Tables tables = new Tables(
                each(SnapshotFile.STATES, require(SnapshotFile.STATES), StateReader::read),
                each(SnapshotFile.POLICIES, require(SnapshotFile.POLICIES), PolicyReader::read),
                defaults(require(SnapshotFile.DEFAULTS)),
                Instant.ofEpochSecond(manifest.path("time").asLong()));
        Optional<JsonNode> routes = find(SnapshotFile.ROUTES);
        Optional<JsonNode> links = find(SnapshotFile.LINKS);
        Optional<JsonNode> addresses = find(SnapshotFile.ADDRESSES);
        if (routes.isEmpty() || links.isEmpty() || addresses.isEmpty()) {
            return HostView.withoutRoutes(tables, ETHERNET, "taken for granted: the snapshot has no routes", name -> 0);
        }
        List<SavedRule> rules = find(SnapshotFile.RULES)
                .map(saved -> each(SnapshotFile.RULES, saved, SavedRule::read))
                .orElseGet(SavedRule::usual);
        try {
            return new HostView(
                    tables,
                    new SavedSurroundings(
                            new SavedRoutes(routes.get(), rules),
                            links.get(),
                            addresses.get(),
                            find(SnapshotFile.SETTINGS)),
                    "a saved route");
        } catch (IllegalArgumentException e) {
            throw new SnapshotException(
                    directory.resolve(SnapshotFile.ROUTES.toString()),
                    String.valueOf(e.getMessage()),
                    "take the snapshot anew; docs/JSON.md has the members");
        }
    }

    private JsonNode manifest() {
        JsonNode manifest = require(SnapshotFile.MANIFEST);
        int format = manifest.path("format").asInt();
        if (format != FORMAT) {
            throw new SnapshotException(
                    directory.resolve(SnapshotFile.MANIFEST.toString()),
                    "format " + format + " is not " + FORMAT,
                    "read it with the program that wrote it: "
                            + manifest.path("program").asText());
        }
        return manifest;
    }

    private static DefaultPolicies defaults(JsonNode node) {
        return new DefaultPolicies(word(node, "in"), word(node, "fwd"), word(node, "out"));
    }

    private static int word(JsonNode node, String name) {
        return node.path(name).asText().equals("block") ? DefaultPolicies.BLOCK : DefaultPolicies.ACCEPT;
    }

    private <T> List<T> each(SnapshotFile file, JsonNode array, Function<JsonNode, T> reader) {
        List<T> list = new ArrayList<>();
        for (JsonNode node : array) {
            try {
                list.add(reader.apply(node));
            } catch (IllegalArgumentException e) {
                throw new SnapshotException(
                        directory.resolve(file.toString()),
                        "element " + list.size() + ": " + e.getMessage(),
                        "take the snapshot anew; docs/JSON.md has the members");
            }
        }
        return list;
    }

    private JsonNode require(SnapshotFile file) {
        return find(file)
                .orElseThrow(() -> new SnapshotException(
                        directory,
                        "has no " + file,
                        "name a directory that \"xfrmctl snapshot\" has written to its end"));
    }

    private Optional<JsonNode> find(SnapshotFile file) {
        Path path = directory.resolve(file.toString());
        try {
            return Files.exists(path) ? Optional.of(MAPPER.readTree(Files.readString(path))) : Optional.empty();
        } catch (JsonProcessingException e) {
            throw new SnapshotException(
                    path,
                    "line " + e.getLocation().getLineNr() + " is no JSON: " + e.getOriginalMessage(),
                    "take the snapshot anew");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
