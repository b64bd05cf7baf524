package org.xfrmctl.manager.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.ConfigException.Problem;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.SaParameters;

/**
 * Turns a definition and the keys it names into states and policies. Everything that is wrong is collected and thrown as
 * one {@link ConfigException}.
 */
public final class ConnectionCompiler {
    private final Map<String, Key> keys;
    private final List<Problem> problems = new ArrayList<>();

    private ConnectionCompiler(Map<String, Key> keys) {
        this.keys = keys;
    }

    /**
     * Compiles every child.
     *
     * @param keys the content of the secrets, by the names that the definition uses
     * @throws ConfigException if a child cannot be compiled or two children are in each other's way
     */
    public static DesiredState compile(Definition definition, Map<String, Key> keys) {
        ConnectionCompiler compiler = new ConnectionCompiler(keys);
        List<ChildConflicts.Entry> entries = new ArrayList<>();
        definition
                .children()
                .forEach(child -> compiler.compile(child)
                        .ifPresent(desired -> entries.add(new ChildConflicts.Entry(child, desired))));
        ChildConflicts conflicts = new ChildConflicts(entries);
        compiler.problems.addAll(conflicts.problems());
        if (!compiler.problems.isEmpty()) {
            throw new ConfigException(compiler.problems);
        }
        return new DesiredState(
                entries.stream().map(ChildConflicts.Entry::desired).toList(), conflicts.warnings());
    }

    /**
     * As {@link #compile(Definition, Map)}, with nothing but zeros for keys: for plans that add no state, so that traffic can
     * be stopped before the secrets are there, or when they are gone.
     */
    public static DesiredState compileWithoutKeys(Definition definition) {
        Map<String, Key> blank = new HashMap<>();
        definition.children().forEach(child -> {
            Key key = Key.of(new byte[child.transform().esp().keyBytes()]);
            blank.put(child.sas().in().key(), key);
            blank.put(child.sas().out().key(), key);
        });
        return compile(definition, blank);
    }

    private Optional<DesiredChild> compile(Child child) {
        List<TrafficPair> pairs = TrafficPair.of(child.traffic());
        Optional<Key> keyIn = key(child, child.sas().in());
        Optional<Key> keyOut = key(child, child.sas().out());
        if (!isSound(child, pairs) || keyIn.isEmpty() || keyOut.isEmpty()) {
            return Optional.empty();
        }
        Reqid reqid = child.policy().reqid().orElseGet(() -> ReqidBand.of(child.name()));
        List<XfrmState> inbound = new StateCompiler(child, reqid, pairs, Direction.IN).compile(keyIn.get());
        List<XfrmState> outbound = new StateCompiler(child, reqid, pairs, Direction.OUT).compile(keyOut.get());
        return Optional.of(new DesiredChild(
                child.name(),
                reqid,
                inbound,
                outbound,
                implied(child, inbound, outbound),
                new PolicyCompiler(child, reqid).compile(pairs),
                child.policy().onDown()));
    }

    private static List<ImpliedState> implied(Child child, List<XfrmState> inbound, List<XfrmState> outbound) {
        return child.transform().ipcomp() && child.traffic().mode().equals(Mode.TUNNEL)
                ? List.of(
                        ImpliedState.beside(Direction.IN, inbound.get(0)),
                        ImpliedState.beside(Direction.OUT, outbound.get(0)))
                : List.of();
    }

    private Optional<Key> key(Child child, SaParameters sa) {
        Key key = keys.get(sa.key());
        int needed = child.transform().esp().keyBytes();
        if (key == null) {
            problems.add(new Problem(sa.place(), "no key was given for the secret \"" + sa.key() + "\""));
        } else if (key.length() != needed) {
            problems.add(new Problem(
                    sa.place(),
                    "the secret \"" + sa.key() + "\" has " + key.length() + " bytes, but "
                            + child.transform().esp().name() + " takes " + needed));
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
        for (SaParameters sa : List.of(child.sas().in(), child.sas().out())) {
            if (sa.cpi().isPresent() != child.transform().ipcomp()) {
                problems.add(new Problem(
                        sa.place(), sa.cpi().isPresent() ? "a cpi needs ipcomp: yes" : "ipcomp needs a cpi"));
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
