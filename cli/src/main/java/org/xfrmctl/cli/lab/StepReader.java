package org.xfrmctl.cli.lab;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.datapath.host.EchoOptions;
import org.xfrmctl.datapath.host.PingOptions;
import org.xfrmctl.datapath.host.TransferOptions;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Keys;
import org.xfrmctl.model.definition.Node;
import org.xfrmctl.model.definition.Problems;
import org.xfrmctl.model.definition.Scalars;
import org.xfrmctl.model.definition.Section;

/** Reads one step of a lab file. */
final class StepReader {
    private static final Keys STEP = Keys.of(Stream.of(
                    Step.Run.GOALS.stream().map(Goal::toString),
                    Stream.of(
                            "watch",
                            "firewall",
                            "define",
                            "interface",
                            "rekey",
                            "ping",
                            "udp",
                            "transfer",
                            "probe",
                            "expect",
                            "note"),
                    Arrays.stream(Step.View.values()).map(StepReader::key))
            .flatMap(keys -> keys)
            .toArray(String[]::new));
    private static final Keys PING = Keys.of("from", "to", "size", "count", "source", "df", "tos", "mark");
    private static final Keys ECHO = Keys.of("from", "to", "size", "count");
    private static final Keys TRANSFER = Keys.of("from", "to", "bytes");
    private static final Keys CHOSEN = Keys.of("hosts", "children");
    private static final Keys INTERFACE = Keys.of("hosts", "up", "down");
    private static final Keys REKEY = Keys.of("hosts", "phase");
    private static final Keys PING_EXPECT = Keys.of("received", "rises");
    private static final Keys EXPECT = Keys.of("host", "rows");
    private static final Keys ROW = Keys.of("bytes", "packets");
    private static final int LARGEST_PING = 65507;
    private static final int LARGEST_FILE = 64 << 20;

    private final Path file;
    private final List<String> hosts;
    private final List<String> managed;
    private final Set<IpAddress> addresses;
    private final Problems problems;

    /**
     * {@code file} is the lab file, to which paths are relative; {@code managed} are the hosts that have a definition;
     * {@code addresses} those of all hosts.
     */
    StepReader(Path file, List<String> hosts, List<String> managed, Set<IpAddress> addresses, Problems problems) {
        this.file = file;
        this.hosts = hosts;
        this.addresses = addresses;
        this.managed = managed;
        this.problems = problems;
    }

    Optional<Step> read(Node node) {
        return Section.open(node, STEP, problems).flatMap(section -> problems.attempt(() -> step(node, section)));
    }

    private Step step(Node node, Section section) {
        for (Goal goal : Step.Run.GOALS) {
            Optional<Node> run = section.node(goal.toString());
            if (run.isPresent()) {
                Chosen chosen = chosen(run.get());
                return new Step.Run(goal, chosen.hosts(), chosen.children());
            }
        }
        Optional<Node> look = section.node("watch");
        if (look.isPresent()) {
            return new Step.Look(managed(look.get()));
        }
        Optional<Node> firewall = section.node("firewall");
        if (firewall.isPresent()) {
            return new Step.Firewall(managed(firewall.get()));
        }
        Optional<Node> define = section.node("define");
        if (define.isPresent()) {
            return define(define.get());
        }
        Optional<Node> made = section.node("interface");
        if (made.isPresent()) {
            return made(made.get());
        }
        Optional<Node> rekey = section.node("rekey");
        if (rekey.isPresent()) {
            return rekey(rekey.get());
        }
        Optional<Node> ping = section.node("ping");
        if (ping.isPresent()) {
            return ping(section, ping.get());
        }
        Optional<Node> echo = section.node("udp");
        if (echo.isPresent()) {
            return echo(section, echo.get());
        }
        Optional<Node> transfer = section.node("transfer");
        if (transfer.isPresent()) {
            return transfer(section, transfer.get());
        }
        Optional<Node> probe = section.node("probe");
        if (probe.isPresent()) {
            return new ProbeReader(hosts, managed, problems).read(section, probe.get());
        }
        for (Step.View view : Step.View.values()) {
            Optional<Node> shown = section.node(key(view));
            if (shown.isPresent()) {
                return new Step.Show(host(shown.get(), view == Step.View.STATISTICS ? hosts : managed), view);
            }
        }
        Optional<Node> expect = section.node("expect");
        if (expect.isPresent()) {
            return expect(expect.get());
        }
        throw Scalars.refuse(node, "a step is one of " + String.join(", ", STEP.known()));
    }

    /** {@code [carol, moon]}, or with chosen children {@code {hosts: [carol, moon], children: home/net}}. */
    private record Chosen(List<String> hosts, List<String> children) {}

    private Chosen chosen(Node node) {
        if (!(node instanceof Node.Mapping)) {
            return new Chosen(managed(node), List.of());
        }
        Section section = opened(node, CHOSEN);
        List<String> which =
                section.required("hosts", "name hosts", this::managed).orElseThrow(this::reported);
        return new Chosen(which, section.orElse("children", List.of(), StepReader::children));
    }

    private static List<String> children(Node node) {
        return ScenarioReader.items(node).stream().map(StepReader::child).toList();
    }

    static String child(Node node) {
        String allowed = "allowed is CONNECTION/CHILD, or a list of them";
        String name = Scalars.text(node, allowed);
        if (!name.matches("[^/]+/[^/]+")) {
            throw Scalars.refuse(node, allowed);
        }
        return name;
    }

    private List<String> managed(Node node) {
        return ScenarioReader.items(node).stream()
                .map(item -> host(item, managed))
                .toList();
    }

    private Step define(Node node) {
        Map<String, Path> definitions = new HashMap<>();
        for (Node.Entry entry : mapping(node)) {
            if (!managed.contains(entry.key())) {
                throw new ConfigException(
                        entry.keyPlace(),
                        "no host of this name has had a \"definition:\"; allowed are " + String.join(", ", managed));
            }
            String path = Scalars.text(entry.value(), "allowed is a path relative to the lab file");
            definitions.put(entry.key(), file.resolveSibling(path));
        }
        return new Step.Define(definitions);
    }

    private Step made(Node node) {
        Section section = opened(node, INTERFACE);
        List<String> which =
                section.required("hosts", "name hosts", this::managed).orElseThrow(this::reported);
        boolean up = section.node("up").isPresent();
        if (up == section.node("down").isPresent()) {
            throw Scalars.refuse(node, "allowed is either \"up\" or \"down\", with names of interfaces");
        }
        return new Step.Interface(
                which,
                up,
                section.optional(up ? "up" : "down", StepReader::interfaces).orElseThrow(this::reported));
    }

    private static List<String> interfaces(Node node) {
        return ScenarioReader.items(node).stream()
                .map(item -> Scalars.text(item, "allowed is the name of an interface, or a list of them"))
                .toList();
    }

    private Step rekey(Node node) {
        Section rekey = opened(node, REKEY);
        List<String> which =
                rekey.required("hosts", "name hosts", this::managed).orElseThrow(this::reported);
        return new Step.Rekey(which, rekey.optional("phase", StepReader::phase));
    }

    private static Goal phase(Node node) {
        String allowed = "allowed are " + String.join(", ", Goal.phases());
        return Goal.phase(Scalars.text(node, allowed)).orElseThrow(() -> Scalars.refuse(node, allowed));
    }

    static String host(Node node, List<String> allowed) {
        String list = allowed.isEmpty()
                ? "no host of this lab has a \"definition:\""
                : "allowed are the hosts " + String.join(", ", allowed);
        String name = Scalars.text(node, list);
        if (!allowed.contains(name)) {
            throw Scalars.refuse(node, list);
        }
        return name;
    }

    private Step ping(Section step, Node node) {
        Section ping = opened(node, PING);
        String from =
                ping.required("from", "name a host", each -> host(each, hosts)).orElseThrow(this::reported);
        IpAddress to = ping.required("to", "give an address", Scalars::address).orElseThrow(this::reported);
        int size = ping.orElse("size", 56, each -> number(each, LARGEST_PING));
        int count = ping.orElse("count", 1, each -> number(each, 1000));
        int tos = ping.orElse("tos", 0, each -> number(each, 255));
        int mark = ping.orElse(
                "mark", 0, each -> (int) Scalars.number(each, 0, 0xffff_ffffL, "allowed are 0 to 0xffffffff"));
        boolean df = ping.orElse("df", false, Scalars::flag);
        Optional<IpAddress> source = ping.optional("source", Scalars::address);
        Expected expected = expected(step, 1000);
        return new Step.Ping(
                from,
                new PingOptions(to, size, count, source, df, tos, mark),
                expected.note(),
                expected.received(),
                expected.rises());
    }

    private Step echo(Section step, Node node) {
        Section echo = opened(node, ECHO);
        String from =
                echo.required("from", "name a host", each -> host(each, hosts)).orElseThrow(this::reported);
        IpAddress to = echo.required("to", "give an address", this::owned).orElseThrow(this::reported);
        int size = echo.orElse("size", 56, each -> number(each, LARGEST_PING));
        int count = echo.orElse("count", 1, each -> number(each, 1000));
        Expected expected = expected(step, 1000);
        return new Step.Echo(
                from, new EchoOptions(to, size, count), expected.note(), expected.received(), expected.rises());
    }

    private Step transfer(Section step, Node node) {
        Section transfer = opened(node, TRANSFER);
        String from = transfer.required("from", "name a host", each -> host(each, hosts))
                .orElseThrow(this::reported);
        IpAddress to = transfer.required("to", "give an address", this::owned).orElseThrow(this::reported);
        int bytes = transfer.required("bytes", "give the file's length", each -> number(each, LARGEST_FILE))
                .orElseThrow(this::reported);
        Expected expected = expected(step, LARGEST_FILE);
        return new Step.Transfer(
                from, new TransferOptions(to, bytes), expected.note(), expected.received(), expected.rises());
    }

    static Optional<String> note(Section step) {
        return step.optional("note", each -> Scalars.text(each, "allowed is text"));
    }

    /** An address at which there is a host to serve. */
    private IpAddress owned(Node node) {
        IpAddress address = Scalars.address(node);
        if (!addresses.contains(address)) {
            throw Scalars.refuse(node, "no host of this lab has it; give an address of one");
        }
        return address;
    }

    /** What stands beside a ping, datagrams or a transfer. */
    private record Expected(Optional<String> note, Optional<Integer> received, Map<String, Step.Rise> rises) {}

    private Expected expected(Section step, int most) {
        Optional<String> note = note(step);
        Optional<Integer> received = Optional.empty();
        Map<String, Step.Rise> rises = Map.of();
        Optional<Node> expect = step.node("expect");
        if (expect.isPresent()) {
            Section section = opened(expect.get(), PING_EXPECT);
            received = section.optional("received", each -> number(each, most));
            rises = section.node("rises")
                    .map(each -> RiseReader.read(each, hosts))
                    .orElse(Map.of());
        }
        return new Expected(note, received, rises);
    }

    private Step expect(Node node) {
        Section expect = opened(node, EXPECT);
        String host = expect.required("host", "name a host", each -> host(each, managed))
                .orElseThrow(this::reported);
        List<Step.ExpectedRow> rows = expect.node("rows").map(each -> mapping(each)).orElse(List.of()).stream()
                .map(this::row)
                .toList();
        return new Step.Expect(host, rows);
    }

    private Step.ExpectedRow row(Node.Entry entry) {
        Section row = opened(entry.value(), ROW);
        Optional<Long> bytes = row.optional("bytes", StepReader::count);
        long packets =
                row.required("packets", "give their number", StepReader::count).orElseThrow(this::reported);
        return new Step.ExpectedRow(entry.key(), bytes, packets);
    }

    private static Long count(Node node) {
        return Scalars.number(node, 0, Long.MAX_VALUE, "allowed is a number");
    }

    static int number(Node node, int highest) {
        return (int) Scalars.number(node, 0, highest, "allowed are 0 to " + highest);
    }

    static List<Node.Entry> mapping(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries();
        }
        throw Scalars.refuse(node, "a mapping is needed here");
    }

    private Section opened(Node node, Keys keys) {
        return Section.open(node, keys, problems).orElseThrow(this::reported);
    }

    /** What is missing was already added to the problems; this ends the step. */
    private ConfigException reported() {
        return new ConfigException(List.of());
    }

    private static String key(Step.View view) {
        return view.name().toLowerCase(Locale.ROOT);
    }
}
