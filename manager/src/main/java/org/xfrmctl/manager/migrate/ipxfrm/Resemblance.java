package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.manager.plan.StateComparison;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.Definition;

/** Compiles what an import has come to, and holds it against what was read. */
final class Resemblance {
    private static final String ADVICE = "see whether that matters; the rest of its child is the same";

    private static final Findings.Group MORE = new Findings.Group(
            "these policies were not there, and the definition makes them",
            "a child has policies in, fwd and out, so that nothing passes that was not protected");

    private final Findings findings;
    private final Map<SaId, XfrmState> states = new HashMap<>();
    private final Map<PolicyKey, XfrmPolicy> policies = new HashMap<>();
    private final StateComparison comparison;

    /** Without keys: those that were found are the definition's by the way that it was made. */
    Resemblance(Definition definition, Findings findings) {
        this.findings = findings;
        DesiredState desired = ConnectionCompiler.compileWithoutKeys(definition);
        desired.states().forEach(state -> states.put(state.id(), state));
        desired.policies().forEach(policy -> policies.put(policy.key(), policy));
        comparison = new StateComparison(List.of(), new SnapshotIndex(new Snapshot(List.of(), List.of())));
    }

    void compare(List<IpXfrmImport.Taken> children) {
        Set<PolicyKey> found = new HashSet<>();
        for (IpXfrmImport.Taken child : children) {
            // One that was left out has been told.
            boolean defined = child.flow().out().stream()
                    .anyMatch(each -> policies.containsKey(each.policy().key()));
            if (!defined) {
                continue;
            }
            child.flow().all().forEach(each -> {
                found.add(each.policy().key());
                compare(each, child.sameSas());
            });
            if (child.sameSas()) {
                child.states().outbound().forEach(each -> compare(each, true));
                child.states().inbound().forEach(each -> compare(each, false));
            }
        }
        children.stream()
                .map(child -> child.flow().out().get(0).origin().place())
                .findFirst()
                .ifPresent(place -> policies.keySet().stream()
                        .filter(key -> !found.contains(key))
                        .map(PolicyKey::toString)
                        .sorted()
                        .forEach(key -> findings.add(MORE, new Origin(place, key))));
    }

    private void compare(Found.State each, boolean outbound) {
        XfrmState wanted = states.get(each.state().id());
        if (wanted == null) {
            findings.add(each.origin(), "the definition does not make this state", ADVICE);
            return;
        }
        List<String> names = new ArrayList<>(comparison.differences(wanted, kept(each.state())));
        StateOptions options = each.state().options();
        addIf(names, "offload", options.placement().offload().isPresent());
        addIf(names, "pcpu-num", options.placement().cpu().isPresent());
        addIf(names, "coa", options.extras().careOf().isPresent());
        addIf(names, "ctx", options.extras().label().isPresent());
        if (outbound) {
            names.remove("replay-window"); // Without a meaning there.
        }
        addIf(names, "limits", !wanted.limits().equals(each.state().limits()));
        if (!names.isEmpty()) {
            findings.add(each.origin(), "the definition's state differs in " + String.join(", ", names), ADVICE);
        }
    }

    /** The state as a kernel keeps it, with zeros for keys, each as long as it was. */
    private static XfrmState kept(XfrmState state) {
        boolean ofItsFamily =
                state.selector().family() == Family.UNSPEC && !state.flags().has(StateFlag.AF_UNSPEC);
        return state.toBuilder()
                .selector(ofItsFamily ? Selector.any(state.family()) : state.selector())
                .algorithms(state.algorithms().stream().map(Resemblance::blank).toList())
                .build();
    }

    private static Algorithm blank(Algorithm algorithm) {
        Key key = Key.of(new byte[algorithm.key().length()]);
        if (algorithm instanceof Algorithm.Aead aead) {
            return new Algorithm.Aead(aead.name(), key, aead.icvBits());
        }
        if (algorithm instanceof Algorithm.Encryption cipher) {
            return new Algorithm.Encryption(cipher.name(), key);
        }
        if (algorithm instanceof Algorithm.Authentication hash) {
            return new Algorithm.Authentication(hash.name(), key, hash.truncationBits());
        }
        return algorithm;
    }

    private void compare(Found.Policy each, boolean sameSas) {
        XfrmPolicy wanted = policies.get(each.policy().key());
        if (wanted == null) {
            findings.add(each.origin(), "the definition does not make this policy", ADVICE);
            return;
        }
        List<String> names = new ArrayList<>();
        XfrmPolicy present = each.policy();
        addIf(names, "priority", wanted.priority() != present.priority());
        addIf(names, "flags", !wanted.flags().equals(present.flags()));
        addIf(names, "limits", !wanted.limits().equals(present.limits()));
        addIf(names, "templates", sameSas && !wanted.templates().equals(present.templates()));
        addIf(names, "offload", present.offload().isPresent());
        addIf(names, "ctx", present.label().isPresent());
        if (!names.isEmpty()) {
            findings.add(each.origin(), "the definition's policy differs in " + String.join(", ", names), ADVICE);
        }
    }

    private static void addIf(List<String> names, String name, boolean differs) {
        if (differs) {
            names.add(name);
        }
    }
}
