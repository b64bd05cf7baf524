package org.xfrmctl.model.definition;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.xfrmctl.model.IpAddress;

/** Reads {@code connections:}. */
final class ConnectionReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,63}");
    private static final String ADDRESS = "give the gateway's address";

    private final Collected collected;

    ConnectionReader(Collected collected) {
        this.collected = collected;
    }

    void read(Node connections) {
        List<Node.Entry> entries = named(connections, "connection", collected.problems);
        for (Node.Entry entry : entries) {
            boolean isNew = Collected.isNew(
                    collected.connectionNames, entry.key(), entry.keyPlace(), "connection", collected.problems);
            if (isNew) {
                connection(entry).ifPresent(collected.connections::add);
            }
        }
    }

    /** The entries of a mapping from names of ours; those with a bad name are reported and left out. */
    static List<Node.Entry> named(Node node, String what, Problems problems) {
        if (!(node instanceof Node.Mapping mapping)) {
            problems.add(node.place(), "a mapping from each " + what + "'s name to its options is needed here");
            return List.of();
        }
        return mapping.entries().stream()
                .filter(entry -> isName(entry, what, problems))
                .toList();
    }

    private static boolean isName(Node.Entry entry, String what, Problems problems) {
        boolean good = NAME.matcher(entry.key()).matches();
        if (!good) {
            problems.add(
                    entry.keyPlace(),
                    "this is no name for a " + what + "; allowed are up to 63 letters, digits, \"_\", \".\", \"-\"");
        }
        return good;
    }

    private Optional<Connection> connection(Node.Entry entry) {
        Problems problems = collected.problems;
        Optional<Section> opened = Section.open(entry.value(), Vocabulary.CONNECTION, problems);
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        Section section = opened.get();
        Optional<IpAddress> local = section.required("local_addrs", ADDRESS, ConnectionReader::gateway);
        Optional<IpAddress> remote = section.required("remote_addrs", ADDRESS, ConnectionReader::gateway);
        Optional<Endpoints> endpoints = both(local, remote, (here, there) -> endpoints(here, there, section));
        Optional<Node> children = section.required("children", "define at least one child", node -> node);
        if (children.isEmpty()) {
            return Optional.empty();
        }
        List<Node.Entry> entries = named(children.get(), "child", problems);
        if (children.get() instanceof Node.Mapping mapping && mapping.entries().isEmpty()) {
            problems.add(children.get().place(), "there is no child here; define at least one");
        }
        ChildReader reader = new ChildReader(collected);
        List<Child> read = entries.stream()
                .flatMap(child -> reader.read(new ChildName(entry.key(), child.key()), child, endpoints).stream())
                .toList();
        return endpoints.map(ends -> new Connection(entry.key(), entry.keyPlace(), ends.local(), ends.remote(), read));
    }

    private static IpAddress gateway(Node node) {
        return Scalars.address(Scalars.single(node, "a static SA has one address at each end"));
    }

    private Endpoints endpoints(IpAddress local, IpAddress remote, Section section) {
        if (local.family() != remote.family()) {
            collected.problems.add(
                    section.placeOf("remote_addrs"),
                    "remote " + remote + " and local " + local
                            + " are of different families; both gateways need IPv4 or both IPv6 addresses");
        } else if (local.equals(remote)) {
            collected.problems.add(
                    section.placeOf("remote_addrs"),
                    "found " + remote + ", which is the local address too; give the other gateway's address");
        }
        return new Endpoints(local, remote);
    }

    static <A, B, C> Optional<C> both(Optional<A> a, Optional<B> b, BiFunction<A, B, C> join) {
        return a.isPresent() && b.isPresent() ? Optional.of(join.apply(a.get(), b.get())) : Optional.empty();
    }
}
