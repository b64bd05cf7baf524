package org.xfrmctl.manager.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.ConfigException.Problem;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.DerivedSas;
import org.xfrmctl.model.definition.SaPair;
import org.xfrmctl.model.definition.SaParameters;
import org.xfrmctl.model.definition.Sas;

/**
 * Turns a definition and the keys it names into states and policies. Everything that is wrong is collected and thrown as
 * one {@link ConfigException}.
 */
public final class ConnectionCompiler {
    private final Map<String, Key> keys;
    private final Function<Child, Epochs> epochs;
    private final List<Problem> problems = new ArrayList<>();

    private ConnectionCompiler(Map<String, Key> keys, Function<Child, Epochs> epochs) {
        this.keys = keys;
        this.epochs = epochs;
    }

    /** As below, with derived keys of the first epoch. */
    public static DesiredState compile(Definition definition, Map<String, Key> keys) {
        return compile(definition, keys, Epochs.FIRST);
    }

    /**
     * Compiles every child.
     *
     * @param keys the content of the secrets, by the names that the definition uses
     * @param epochs asked for each child whose keys are derived
     * @throws ConfigException if a child cannot be compiled or two children are in each other's way
     */
    public static DesiredState compile(Definition definition, Map<String, Key> keys, Function<Child, Epochs> epochs) {
        return compile(definition, keys, epochs, true);
    }

    private static DesiredState compile(
            Definition definition, Map<String, Key> keys, Function<Child, Epochs> epochs, boolean keysAreRight) {
        ConnectionCompiler compiler = new ConnectionCompiler(keys, epochs);
        List<ChildConflicts.Entry> entries = new ArrayList<>();
        definition
                .children()
                .forEach(child -> compiler.compile(child)
                        .ifPresent(desired -> entries.add(new ChildConflicts.Entry(child, desired))));
        ChildConflicts conflicts = new ChildConflicts(entries, keysAreRight);
        compiler.problems.addAll(conflicts.problems());
        if (!compiler.problems.isEmpty()) {
            throw new ConfigException(compiler.problems);
        }
        return new DesiredState(
                entries.stream().map(ChildConflicts.Entry::desired).toList(),
                Stream.concat(conflicts.warnings().stream(), InterfaceLoops.warnings(definition).stream())
                        .toList());
    }

    /**
     * As {@link #compile(Definition, Map)}, with nothing but zeros for keys: for plans that add no state, so that traffic can
     * be stopped before the secrets are there, or when they are gone.
     */
    public static DesiredState compileWithoutKeys(Definition definition) {
        Map<String, Key> blank = new HashMap<>();
        definition
                .children()
                .forEach(child -> child.sas()
                        .secrets(child.transform().esp())
                        .forEach(use -> blank.put(use.name(), Key.of(new byte[use.bytes()]))));
        return compile(definition, blank, Epochs.FIRST, false);
    }

    private Optional<DesiredChild> compile(Child child) {
        List<TrafficPair> pairs = TrafficPair.of(child.traffic());
        Reqid reqid = child.policy().reqid().orElseGet(() -> ReqidBand.of(child.name()));
        StateCompiler in = new StateCompiler(child, reqid, pairs, Direction.IN);
        StateCompiler out = new StateCompiler(child, reqid, pairs, Direction.OUT);
        Optional<Generation> generation = generation(child);
        if (!isSound(child, pairs) || generation.isEmpty()) {
            return Optional.empty();
        }
        boolean derived = child.sas() instanceof DerivedSas;
        List<XfrmState> inbound = inbound(in, generation.get().in(), derived);
        List<XfrmState> outbound = out.compile(generation.get().out());
        return Optional.of(new DesiredChild(
                child.name(),
                reqid,
                inbound,
                generation.get().accepted().stream()
                        .flatMap(sa -> inbound(in, sa, derived).stream())
                        .toList(),
                outbound,
                implied(child, inbound, outbound),
                new PolicyCompiler(child, reqid).compile(pairs),
                child.sizes(),
                child.policy().onDown(),
                generation.get().epoch()));
    }

    /** How long derived keys last is up to who sends by them: the peer may be epochs behind, or ahead. */
    private static List<XfrmState> inbound(StateCompiler in, Sa sa, boolean derived) {
        List<XfrmState> states = in.compile(sa);
        return derived
                ? states.stream()
                        .map(state -> state.toBuilder()
                                .limits(LifetimeLimits.UNLIMITED)
                                .build())
                        .toList()
                : states;
    }

    /** The SAs that a child has at one time. */
    private record Generation(Sa in, Sa out, List<Sa> accepted, OptionalLong epoch) {}

    private Optional<Generation> generation(Child child) {
        if (child.sas() instanceof SaPair pair) {
            Optional<Key> keyIn = key(pair.in().key(), child);
            Optional<Key> keyOut = key(pair.out().key(), child);
            return keyIn.isEmpty() || keyOut.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Generation(
                            written(pair.in(), keyIn.get()),
                            written(pair.out(), keyOut.get()),
                            List.of(),
                            OptionalLong.empty()));
        } else if (child.sas() instanceof DerivedSas derived) {
            return key(derived.secret(), child).map(secret -> derived(child, secret, epochs.apply(child)));
        }
        throw new AssertionError(child.sas());
    }

    private static Sa written(SaParameters sa, Key key) {
        return new Sa(sa.spi(), sa.cpi(), key);
    }

    private static Generation derived(Child child, Key secret, Epochs epochs) {
        IpAddress here = child.endpoints().local();
        IpAddress there = child.endpoints().remote();
        return new Generation(
                Derivation.deriveWhole(secret, child, there, here, epochs.current()),
                Derivation.deriveWhole(secret, child, here, there, epochs.current()),
                epochs.accepted().stream()
                        .map(epoch -> Derivation.derive(secret, child, there, here, epoch))
                        .toList(),
                OptionalLong.of(epochs.current()));
    }

    private static List<ImpliedState> implied(Child child, List<XfrmState> inbound, List<XfrmState> outbound) {
        return child.transform().ipcomp() && child.traffic().mode().equals(Mode.TUNNEL)
                ? List.of(
                        ImpliedState.beside(Direction.IN, inbound.get(0)),
                        ImpliedState.beside(Direction.OUT, outbound.get(0)))
                : List.of();
    }

    private Optional<Key> key(String name, Child child) {
        Sas.SecretUse use = child.sas().secrets(child.transform().esp()).stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Key key = keys.get(name);
        if (key == null) {
            problems.add(new Problem(use.place(), "no key was given for the secret \"" + name + "\""));
        } else if (key.length() != use.bytes()) {
            problems.add(new Problem(
                    use.place(), "the secret \"" + name + "\" has " + key.length() + " bytes, but " + use.needs()));
            key = null;
        }
        return Optional.ofNullable(key);
    }

    private boolean isSound(Child child, List<TrafficPair> pairs) {
        int before = problems.size();
        if (pairs.isEmpty()) {
            refuse(child, "no local_ts has the family and protocol of a remote_ts, so nothing would be protected");
        }
        if (!child.traffic().mode().equals(Mode.TUNNEL)
                && !child.traffic().mode().equals(Mode.TRANSPORT)) {
            refuse(child, "mode " + child.traffic().mode() + " is not one of tunnel, transport");
        }
        if (child.traffic().mode().equals(Mode.TRANSPORT)
                && !pairs.stream().allMatch(pair -> isBetweenTheHosts(child, pair))) {
            refuse(child, "transport mode protects the two hosts only: local_ts and remote_ts must be their addresses");
        }
        if (child.endpoints().local().family() != child.endpoints().remote().family()) {
            refuse(child, "local_addrs and remote_addrs differ in family");
        }
        if (child.transform().tfcPadding() != 0
                && (child.transform().ipcomp() || child.traffic().mode().equals(Mode.TRANSPORT))) {
            refuse(child, "tfc_padding needs ESP in tunnel mode, and with ipcomp ESP is in transport mode");
        }
        if (child.sas() instanceof SaPair pair) {
            for (SaParameters sa : List.of(pair.in(), pair.out())) {
                if (sa.cpi().isPresent() != child.transform().ipcomp()) {
                    problems.add(new Problem(
                            sa.place(), sa.cpi().isPresent() ? "a cpi needs ipcomp: yes" : "ipcomp needs a cpi"));
                }
            }
        }
        return problems.size() == before;
    }

    private static boolean isBetweenTheHosts(Child child, TrafficPair pair) {
        return pair.outbound().source().length()
                        == child.endpoints().local().family().bits()
                && pair.outbound().source().address().equals(child.endpoints().local())
                && pair.outbound().destination().length()
                        == child.endpoints().remote().family().bits()
                && pair.outbound()
                        .destination()
                        .address()
                        .equals(child.endpoints().remote());
    }

    private void refuse(Child child, String text) {
        problems.add(new Problem(child.place(), text));
    }
}
