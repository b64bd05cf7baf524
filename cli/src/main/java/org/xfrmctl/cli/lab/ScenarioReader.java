package org.xfrmctl.cli.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.DocumentReader;
import org.xfrmctl.model.definition.Keys;
import org.xfrmctl.model.definition.Node;
import org.xfrmctl.model.definition.Place;
import org.xfrmctl.model.definition.Problems;
import org.xfrmctl.model.definition.Scalars;
import org.xfrmctl.model.definition.Section;

/** Reads a lab file (YAML or JSON) into a {@link Scenario}; reports every problem of the file with its place at once. */
public final class ScenarioReader {
    /** The name of the lab file in a directory that is given instead of a file. */
    public static final String FILE_NAME = "lab.yaml";

    private static final int DEFAULT_MTU = 1500;
    private static final Keys TOP = Keys.of("title", "links", "hosts", "secrets", "steps");
    private static final Keys LINK = Keys.of("mtu");
    private static final Keys HOST = Keys.of("forwarding", "silent", "filters", "addresses", "routes", "definition");

    private final Problems problems = new Problems();
    private final Path file;

    private ScenarioReader(Path file) {
        this.file = file;
    }

    /**
     * Reads {@code path}, or {@code lab.yaml} in it.
     *
     * @throws org.xfrmctl.model.definition.ConfigException with every problem found
     */
    public static Scenario read(Path path) {
        Path file = Files.isDirectory(path) ? path.resolve(FILE_NAME) : path;
        return new ScenarioReader(file).scenario();
    }

    private Scenario scenario() {
        Node root = DocumentReader.parse(DocumentReader.text(file), file.toString(), problems);
        if (root instanceof Node.Mapping mapping
                && mapping.entries().stream().anyMatch(entry -> entry.key().equals("connections"))) {
            throw new ConfigException(
                    root.place(),
                    "this is a definition (it has \"connections:\"), not a lab file; install it with \"xfrmctl up -f "
                            + file + "\", or name it in a lab's host as \"definition:\"");
        }
        Optional<Section> opened = Section.open(root, TOP, problems);
        problems.throwIfAny();
        Section top = opened.orElseThrow();
        String title = top.orElse("title", file.toString(), node -> Scalars.text(node, "allowed is one line of text"));
        List<LabLinkSpec> links = links(top);
        Map<String, Path> definitions = new LinkedHashMap<>();
        List<LabHostSpec> hosts = hosts(top, definitions);
        boolean generate = top.optional("secrets", ScenarioReader::generate).orElse(false);
        // What does not fit together because a part was refused would only be noise.
        Optional<LabTopology> topology =
                problems.isEmpty() ? problems.attempt(() -> topology(top, hosts, links)) : Optional.empty();
        List<Step> steps = steps(top, definitions, hosts);
        problems.throwIfAny();
        return new Scenario(title, file, topology.orElseThrow(), definitions, generate, steps);
    }

    private static boolean generate(Node node) {
        if (!Scalars.text(node, "allowed is generate").equals("generate")) {
            throw Scalars.refuse(node, "allowed is generate; leave it out to read the definitions' own secrets");
        }
        return true;
    }

    private static LabHostSpec.Filters filters(Node node) {
        String allowed = "allowed are no, yes (ICMP errors of others), all (its own as well)";
        return switch (Scalars.text(node, allowed)) {
            case "no", "false" -> LabHostSpec.Filters.NO;
            case "yes", "true" -> LabHostSpec.Filters.YES;
            case "all" -> LabHostSpec.Filters.ALL;
            default -> throw Scalars.refuse(node, allowed);
        };
    }

    private static LabTopology topology(Section top, List<LabHostSpec> hosts, List<LabLinkSpec> links) {
        return located(top.place(), () -> new LabTopology(hosts, links));
    }

    private List<LabLinkSpec> links(Section top) {
        List<LabLinkSpec> links = new ArrayList<>();
        for (Node.Entry entry : entries(top, "links")) {
            int mtu = Section.open(entry.value(), LINK, problems)
                    .flatMap(link -> link.optional(
                            "mtu", node -> (int) Scalars.number(node, 68, 65535, "allowed are 68 to 65535")))
                    .orElse(DEFAULT_MTU);
            problems.attempt(() -> located(entry.keyPlace(), () -> new LabLinkSpec(entry.key(), mtu)))
                    .ifPresent(links::add);
        }
        return links;
    }

    private List<LabHostSpec> hosts(Section top, Map<String, Path> definitions) {
        List<LabHostSpec> hosts = new ArrayList<>();
        for (Node.Entry entry : entries(top, "hosts")) {
            Section.open(entry.value(), HOST, problems).ifPresent(host -> {
                boolean forwarding = host.orElse("forwarding", false, Scalars::flag);
                boolean silent = host.orElse("silent", false, Scalars::flag);
                LabHostSpec.Filters filters = host.orElse("filters", LabHostSpec.Filters.NO, ScenarioReader::filters);
                host.optional("definition", node -> Scalars.text(node, "allowed is a path relative to the lab file"))
                        .ifPresent(path -> definitions.put(entry.key(), file.resolveSibling(path)));
                problems.attempt(() -> located(
                                host.place(),
                                () -> new LabHostSpec(
                                        entry.key(), forwarding, silent, filters, interfaces(host), routes(host))))
                        .ifPresent(hosts::add);
            });
        }
        return hosts;
    }

    private List<LabInterfaceSpec> interfaces(Section host) {
        List<LabInterfaceSpec> interfaces = new ArrayList<>();
        for (Node.Entry entry : entries(host, "addresses")) {
            List<IpPrefix> addresses = new ArrayList<>();
            for (Node node : items(entry.value())) {
                problems.attempt(() -> prefix(node)).ifPresent(addresses::add);
            }
            interfaces.add(new LabInterfaceSpec(entry.key(), addresses));
        }
        return interfaces;
    }

    private List<LabRouteSpec> routes(Section host) {
        List<LabRouteSpec> routes = new ArrayList<>();
        for (Node.Entry entry : optionalEntries(host, "routes")) {
            problems.attempt(() -> route(entry)).ifPresent(routes::add);
        }
        return routes;
    }

    private static LabRouteSpec route(Node.Entry entry) {
        IpAddress via = Scalars.address(entry.value());
        IpPrefix destination = entry.key().equals("default")
                ? IpPrefix.any(via.family())
                : located(entry.keyPlace(), () -> IpPrefix.parse(entry.key()));
        return located(entry.keyPlace(), () -> new LabRouteSpec(destination, via));
    }

    private static IpPrefix prefix(Node node) {
        String text = Scalars.text(node, "allowed is ADDRESS/LENGTH, for example 10.1.0.1/16");
        return located(node.place(), () -> IpPrefix.parse(text));
    }

    private List<Step> steps(Section top, Map<String, Path> definitions, List<LabHostSpec> specs) {
        List<Step> steps = new ArrayList<>();
        Optional<Node> node = top.node("steps");
        if (node.isEmpty()) {
            problems.add(top.place(), "\"steps\" is missing; a lab does something");
            return steps;
        }
        // Also those that were refused: a step that names one is not wrong for that.
        List<String> hosts =
                optionalEntries(top, "hosts").stream().map(Node.Entry::key).toList();
        Set<IpAddress> addresses = specs.stream()
                .flatMap(host -> host.interfaces().stream())
                .flatMap(each -> each.addresses().stream())
                .map(IpPrefix::address)
                .collect(Collectors.toSet());
        StepReader reader = new StepReader(file, hosts, List.copyOf(definitions.keySet()), addresses, problems);
        items(node.get()).forEach(item -> reader.read(item).ifPresent(steps::add));
        return steps;
    }

    private List<Node.Entry> entries(Section section, String key) {
        if (section.node(key).isEmpty()) {
            problems.add(section.place(), "\"" + key + "\" is missing; at least one is needed");
        }
        return optionalEntries(section, key);
    }

    private List<Node.Entry> optionalEntries(Section section, String key) {
        return section.node(key).map(node -> mapping(node)).orElse(List.of());
    }

    private List<Node.Entry> mapping(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries();
        }
        problems.add(node.place(), "found " + node.describe() + "; a mapping is needed here");
        return List.of();
    }

    static List<Node> items(Node node) {
        return node instanceof Node.Sequence sequence ? sequence.items() : List.of(node);
    }

    /** Runs a check that knows nothing of files, and adds the place to what it says. */
    static <T> T located(Place place, Supplier<T> check) {
        try {
            return check.get();
        } catch (IllegalArgumentException e) {
            throw new ConfigException(place, String.valueOf(e.getMessage()));
        }
    }
}
