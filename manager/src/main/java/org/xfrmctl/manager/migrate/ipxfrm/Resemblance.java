package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.compile.ConnectionCompiler;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.manager.plan.StateComparison;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;

/** Compiles what an import has come to, and holds it against what was read. */
final class Resemblance {
    private static final String ADVICE = "see whether that matters; the rest of its child is the same";

    private static final Findings.Group MORE = new Findings.Group(
            "these policies were not there, and the definition makes them",
            "a child has policies in, fwd and out, so that nothing passes that was not protected");

    /** What new SAs have of their own, whatever else is as it was. */
    private static final List<String> OF_NEW_SAS = List.of("reqid", "key or algorithm");

    private final Findings findings;
    private final Map<ChildName, DesiredChild> children = new HashMap<>();
    private final StateComparison comparison;

    /** Without keys: those that were found are the definition's by the way that it was made. */
    Resemblance(Definition definition, Findings findings) {
        this.findings = findings;
        ConnectionCompiler.compileWithoutKeys(definition)
                .children()
                .forEach(child -> children.put(child.name(), child));
        comparison = new StateComparison(List.of(), new SnapshotIndex(new Snapshot(List.of(), List.of())));
    }

    void compare(List<IpXfrmImport.Taken> taken) {
        Set<PolicyKey> found = new HashSet<>();
        for (IpXfrmImport.Taken each : taken) {
            DesiredChild child = children.get(each.name());
            if (child == null) {
                continue; // It was left out, which has been told.
            }
            for (Found.Policy policy : each.flow().all()) {
                found.add(everywhere(policy.policy().key()));
                compare(policy, child, each.sameSas());
            }
            each.states().outbound().forEach(state -> compare(state, child.outbound(), true, each.sameSas()));
            each.states().inbound().forEach(state -> compare(state, child.inbound(), false, each.sameSas()));
        }
        taken.stream()
                .map(each -> each.flow().out().get(0).origin().place())
                .findFirst()
                .ifPresent(place -> children.values().stream()
                        .flatMap(child -> child.policies().stream())
                        .map(XfrmPolicy::key)
                        .filter(key -> !found.contains(key))
                        .map(PolicyKey::toString)
                        .sorted()
                        .forEach(key -> findings.add(MORE, new Origin(place, key))));
    }

    /** The key as a definition has it, without a device or a user. */
    private static PolicyKey everywhere(PolicyKey key) {
        Selector selector = key.selector();
        Selector any = new Selector(
                selector.source(),
                selector.destination(),
                selector.proto(),
                selector.sourcePort(),
                selector.destinationPort(),
                Selector.Binding.NONE);
        return new PolicyKey(key.direction(), key.type(), any, key.mark(), key.ifId());
    }

    private void compare(Found.State each, List<XfrmState> made, boolean outbound, boolean sameSas) {
        Optional<XfrmState> same = made.stream()
                .filter(state -> state.id().protocol().equals(each.state().id().protocol()))
                .findFirst();
        if (same.isEmpty()) {
            findings.add(each.origin(), "the definition does not make this state", ADVICE);
            return;
        }
        XfrmState wanted = same.get();
        List<String> names = new ArrayList<>(comparison.differences(wanted, kept(each.state())));
        if (!sameSas) {
            names.removeAll(OF_NEW_SAS);
        }
        StateOptions options = each.state().options();
        addIf(names, "offload", options.placement().offload().isPresent());
        addIf(names, "pcpu-num", options.placement().cpu().isPresent());
        addIf(names, "coa", options.extras().careOf().isPresent());
        addIf(names, "ctx", options.extras().label().isPresent());
        if (outbound) {
            names.remove("replay-window"); // Without a meaning there.
        }
        // How long derived keys last is up to who sends by them.
        addIf(
                names,
                "limits",
                (sameSas || outbound) && !wanted.limits().equals(each.state().limits()));
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

    private void compare(Found.Policy each, DesiredChild child, boolean sameSas) {
        PolicyKey key = everywhere(each.policy().key());
        Optional<XfrmPolicy> same = child.policies().stream()
                .filter(policy -> policy.key().equals(key))
                .findFirst();
        if (same.isEmpty()) {
            findings.add(each.origin(), "the definition does not make this policy", ADVICE);
            return;
        }
        XfrmPolicy wanted = same.get();
        List<String> names = new ArrayList<>();
        XfrmPolicy present = each.policy();
        addIf(names, "dev", present.selector().binding().ifindex() != 0);
        addIf(names, "uid", present.selector().binding().user() != 0);
        addIf(names, "priority", wanted.priority() != present.priority());
        addIf(names, "flags", !wanted.flags().equals(present.flags()));
        addIf(names, "limits", !wanted.limits().equals(present.limits()));
        addIf(names, "templates", !templates(wanted, sameSas).equals(templates(present, sameSas)));
        addIf(names, "offload", present.offload().isPresent());
        addIf(names, "ctx", present.label().isPresent());
        if (!names.isEmpty()) {
            findings.add(each.origin(), "the definition's policy differs in " + String.join(", ", names), ADVICE);
        }
    }

    /** New SAs have an SPI and a reqid of their own. */
    private static List<Template> templates(XfrmPolicy policy, boolean sameSas) {
        return policy.templates().stream()
                .map(each -> sameSas
                        ? each
                        : new Template(
                                new SaId(each.destination(), Spi.NONE, each.protocol()),
                                each.source(),
                                Reqid.NONE,
                                each.mode(),
                                each.level(),
                                each.masks(),
                                each.share()))
                .toList();
    }

    private static void addIf(List<String> names, String name, boolean differs) {
        if (differs) {
            names.add(name);
        }
    }
}
