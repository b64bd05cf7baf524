package org.xfrmctl.manager.doctor;

import static org.xfrmctl.manager.testing.ChildBuilder.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.manager.testing.FakeTables;
import org.xfrmctl.manager.testing.Plans;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmCounter;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.command.HostNames;
import org.xfrmctl.netlink.command.IpCommand;
import org.xfrmctl.netlink.command.IpCommandParser;

/** A host that is well until something is done to it. */
final class Patient {
    private static final HostNames NAMES = new HostNames(
            name -> 0,
            name -> OptionalInt.of(
                    switch (name) {
                        case "esp" -> 50;
                        case "ah" -> 51;
                        case "comp" -> 108;
                        default -> Integer.parseInt(name);
                    }),
            name -> Key.EMPTY);

    final FakeTables kernel = new FakeTables();
    final Map<String, String> sysctls = new HashMap<>(Map.of("net/ipv4/ip_forward", "1\n"));
    final Map<XfrmCounter, Long> rises = new HashMap<>();
    private final DesiredState desired;
    private Optional<Firewall> firewall = Optional.empty();
    Optional<List<String>> legacy = Optional.of(List.of());
    private Optional<DefaultPolicies> defaults = Optional.empty();
    private Optional<Boolean> acquires = Optional.of(false);
    private Optional<Set<Integer>> udpPorts = Optional.of(Set.of(500));
    final List<PeerPath> paths = new ArrayList<>();

    /** With these children up. */
    Patient(ChildBuilder... children) {
        desired = compile(children);
        Plans.up(desired, kernel.snapshot())
                .changes()
                .forEach(change -> kernel.make(
                        change instanceof Change.AddState add
                                ? new Change.AddState(add.stage(), withOwnKey(add.state()))
                                : change));
    }

    /** The builder gives the same ones to all. */
    private static XfrmState withOwnKey(XfrmState state) {
        List<Algorithm> algorithms = new ArrayList<>();
        for (Algorithm algorithm : state.algorithms()) {
            byte[] key = algorithm.key().toArray();
            new Random(state.id().hashCode()).nextBytes(key);
            algorithms.add(
                    algorithm instanceof Algorithm.Aead aead
                            ? new Algorithm.Aead(aead.name(), Key.of(key), aead.icvBits())
                            : algorithm);
        }
        return state.toBuilder().algorithms(algorithms).build();
    }

    void firewall(Firewall value) {
        firewall = Optional.of(value);
    }

    void defaults(DefaultPolicies value) {
        defaults = Optional.of(value);
    }

    void nobodyKnowsOfDaemons() {
        acquires = Optional.empty();
    }

    void nobodyKnowsOfSockets() {
        udpPorts = Optional.empty();
    }

    void keyingDaemon() {
        acquires = Optional.of(true);
    }

    /** Puts others in place of the policies. */
    void policies(UnaryOperator<XfrmPolicy> change) {
        kernel.listPolicies().forEach(policy -> kernel.updatePolicy(change.apply(policy)));
    }

    /** As a kernel shows the states when something has happened to them. */
    Snapshot seen(UnaryOperator<XfrmState> change) {
        return new Snapshot(kernel.listStates().stream().map(change).toList(), kernel.listPolicies());
    }

    Facts facts() {
        return facts(kernel.snapshot());
    }

    Facts facts(Snapshot tables) {
        XfrmState out = desired.children().get(0).outbound().get(0);
        return new Facts(
                tables,
                defaults,
                rises,
                rises,
                new Facts.Network(
                        sysctls,
                        List.of("wan", "lan"),
                        Set.of(out.source()),
                        new Facts.Sockets(acquires, udpPorts),
                        new Facts.Filters(firewall, legacy),
                        paths));
    }

    /** The names of what is found, notes left out. */
    List<String> complaints() {
        return complaints(kernel.snapshot());
    }

    List<String> complaints(Snapshot tables) {
        return findings(tables).map(Finding::rule).distinct().toList();
    }

    Stream<Finding> findings(Snapshot tables) {
        return Doctor.examine(facts(tables)).stream().filter(finding -> finding.severity() != Severity.NOTE);
    }

    /** Does what is suggested, as {@code ip} would. */
    void takeMedicine() {
        for (Finding finding : findings(kernel.snapshot()).toList()) {
            for (Finding.Fix fix : finding.fixes()) {
                if (fix instanceof Finding.Fix.Command command && command.line().startsWith("ip xfrm ")) {
                    run(command.line());
                    break;
                }
                if (fix instanceof Finding.Fix.Command command && command.line().startsWith("sysctl -w ")) {
                    Arrays.stream(command.line()
                                    .substring("sysctl -w ".length())
                                    .split(" "))
                            .map(each -> each.split("="))
                            .forEach(each -> sysctls.put(each[0].replace('.', '/'), each[1]));
                }
            }
        }
    }

    private void run(String line) {
        List<String> words = List.of(line.substring("ip xfrm ".length()).split(" "));
        IpCommand.Change change = (IpCommand.Change) new IpCommandParser(NAMES).parse(words);
        Object subject = change.request().subject();
        switch (words.get(0) + " " + words.get(1)) {
            case "policy update" -> kernel.updatePolicy((XfrmPolicy) subject);
            case "policy add" -> kernel.addPolicy((XfrmPolicy) subject);
            case "state delete" -> kernel.deleteState(((StateKey) subject).id(), ((StateKey) subject).mark());
            default -> throw new AssertionError(line);
        }
    }
}
