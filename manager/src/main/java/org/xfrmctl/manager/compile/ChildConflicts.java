package org.xfrmctl.manager.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.ConfigException.Problem;
import org.xfrmctl.model.definition.DerivedSas;
import org.xfrmctl.model.definition.PolicyOptions.LevelChoice;

/** What children of one definition may not have in common, and what they had better not. */
final class ChildConflicts {
    private final List<Entry> entries;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** A child as it was written and as it was compiled. */
    record Entry(Child child, DesiredChild desired) {}

    /** Without the right keys nothing is to be learned from SPIs and CPIs that come from them. */
    ChildConflicts(List<Entry> entries, boolean keysAreRight) {
        this.entries = entries;
        reqids();
        states(keysAreRight);
        boolean distinct = selectors();
        if (distinct) {
            priorities();
        }
        companions();
        levels();
        inwardDscp();
    }

    List<Problem> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    private void reqids() {
        Map<Reqid, Entry> seen = new HashMap<>();
        for (Entry entry : entries) {
            Entry other = seen.putIfAbsent(entry.desired().reqid(), entry);
            if (other != null) {
                refuse(
                        entry,
                        "has the reqid " + entry.desired().reqid() + " of "
                                + other.child().name() + ": set another with reqid");
            }
        }
    }

    /** Marks are left out on purpose: the kernel finds the newest state that matches, so one SPI twice is a trap. */
    private void states(boolean keysAreRight) {
        Map<SaId, Entry> seen = new HashMap<>();
        for (Entry entry : entries) {
            boolean derived = entry.child().sas() instanceof DerivedSas;
            if (derived && !keysAreRight) {
                continue;
            }
            for (XfrmState state : entry.desired().states().toList()) {
                Entry other = seen.putIfAbsent(state.id(), entry);
                if (other != null) {
                    refuse(
                            entry,
                            "wants the state " + state.id() + ", as does "
                                    + other.child().name()
                                    + byChance(derived, other.child().sas() instanceof DerivedSas));
                }
            }
        }
    }

    private static String byChance(boolean derived, boolean otherDerived) {
        if (derived) {
            return ": by chance, for it comes from the child's name: rename the child at both ends";
        }
        return otherDerived ? ": by chance, for that one's comes from its name: choose another" : "";
    }

    private boolean selectors() {
        Map<PolicyKey, Entry> seen = new HashMap<>();
        boolean distinct = true;
        for (Entry entry : entries) {
            for (XfrmPolicy policy : entry.desired().policies()) {
                Entry other = seen.putIfAbsent(policy.key(), entry);
                if (other != null) {
                    refuse(
                            entry,
                            "wants the policy " + policy.key() + ", as does "
                                    + other.child().name());
                    distinct = false;
                }
            }
        }
        return distinct;
    }

    /** Which of two overlapping policies of equal priority wins depends on their age and on the kernel's version. */
    private void priorities() {
        Map<PolicyKey, Entry> owners = new HashMap<>();
        List<XfrmPolicy> all = new ArrayList<>();
        for (Entry entry : entries) {
            for (XfrmPolicy policy : entry.desired().policies()) {
                owners.put(policy.key(), entry);
                all.add(policy);
            }
        }
        PolicyOverlap overlap = new PolicyOverlap(all);
        Set<Set<ChildName>> told = new HashSet<>();
        for (XfrmPolicy policy : all) {
            Entry owner = Objects.requireNonNull(owners.get(policy.key()));
            for (XfrmPolicy other : overlap.with(policy)) {
                Entry second = Objects.requireNonNull(owners.get(other.key()));
                if (!second.child().name().equals(owner.child().name())
                        && other.priority() == policy.priority()
                        && told.add(Set.of(owner.child().name(), second.child().name()))) {
                    refuse(
                            second,
                            "overlaps " + owner.child().name() + " at the same priority "
                                    + Integer.toUnsignedString(policy.priority()) + " (" + other.key() + " and "
                                    + policy.key() + "): set priority on one of them");
                }
            }
        }
    }

    /**
     * The kernel has one IPIP companion for all IPComp tunnels between two gateways and gives it the interface, mark and
     * flags of the first. Small packets of the others then come in by that one.
     */
    private void companions() {
        Map<List<Object>, Entry> first = new HashMap<>();
        for (Entry entry : entries) {
            if (entry.desired().implied().isEmpty()) {
                continue;
            }
            Entry other = first.putIfAbsent(
                    List.of(
                            entry.child().endpoints().local(),
                            entry.child().endpoints().remote()),
                    entry);
            if (other == null) {
                continue;
            }
            XfrmState mine = entry.desired().inbound().get(0);
            XfrmState theirs = other.desired().inbound().get(0);
            if (!mine.ifId().equals(theirs.ifId())) {
                refuse(
                        entry,
                        "differs from " + other.child().name() + " in if_id_in, but with ipcomp the kernel has one IPIP"
                                + " state for both: uncompressed packets would come in by the wrong interface");
            } else if (!mine.flags().equals(theirs.flags())) {
                warnings.add(entry.child().name() + " and " + other.child().name()
                        + " differ in copy_ecn or copy_dscp, but share the kernel's IPIP state: uncompressed packets"
                        + " of both follow the one that is added first");
            }
        }
    }

    private void levels() {
        for (Entry entry : entries) {
            if (entry.child().policy().level() == LevelChoice.USE) {
                warnings.add(entry.child().name()
                        + ": level use lets packets in that were never encrypted; level auto takes small uncompressed"
                        + " packets as well and refuses clear text");
            }
            boolean impossible = entry.child().policy().level() == LevelChoice.REQUIRED
                    && entry.child().transform().ipcomp();
            if (impossible) {
                warnings.add(entry.child().name()
                        + ": with level required and ipcomp every packet too small to compress is dropped on arrival"
                        + " (XfrmInTmplMismatch)");
            }
        }
    }

    /** {@code ipcomp_input()} leaves the inner header where the copy of the outer DSCP does not reach it. */
    private void inwardDscp() {
        for (Entry entry : entries) {
            boolean compressedTunnel = entry.child().transform().ipcomp()
                    && entry.child().traffic().mode().equals(Mode.TUNNEL);
            if (compressedTunnel && entry.child().headers().copyDscp().inward()) {
                warnings.add(entry.child().name()
                        + ": with ipcomp the kernel copies the DSCP inward only for packets that arrive uncompressed");
            }
        }
    }

    private void refuse(Entry entry, String text) {
        problems.add(new Problem(entry.child().place(), entry.child().name() + " " + text));
    }
}
