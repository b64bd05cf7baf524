package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.migrate.draft.Draft;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.manager.migrate.draft.ForeignNames;
import org.xfrmctl.manager.migrate.draft.KeyChoice;
import org.xfrmctl.manager.migrate.draft.NewSas;
import org.xfrmctl.manager.migrate.draft.Origin;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.EspProposal;
import org.xfrmctl.netlink.command.HostNames;

/** Reads states and policies of {@code ip xfrm} into a draft. Not safe for use by two threads. */
public final class IpXfrmImport {
    private static final String NEW_SUITE = "aes256gcm16";

    private final Draft draft;
    private final Findings findings;
    private final Optional<KeyChoice> choice;
    private final String keyPath;
    private final NewSas newSas;
    private final Found found = new Found();
    private final Map<String, Key> keys = new LinkedHashMap<>();
    private final Map<String, Draft.Connection> connections = new LinkedHashMap<>();
    private final List<Taken> taken = new ArrayList<>();

    /** What a child was made of, to be held against what it makes. */
    record Taken(ChildName name, Flow flow, FlowStates states, boolean sameSas) {}

    private IpXfrmImport(Optional<KeyChoice> choice, String keyPath, Draft draft) {
        this.draft = draft;
        this.findings = draft.findings();
        this.choice = choice;
        this.keyPath = keyPath;
        this.newSas = new NewSas(KeyChoice.DERIVE, draft);
    }

    /**
     * Reads texts as one host's.
     *
     * @param keyPath what stands before the name of a key file in the definition
     */
    public static IpXfrmImport read(
            List<SourceText> texts, HostNames names, Optional<KeyChoice> choice, String keyPath, Draft draft) {
        IpXfrmImport run = new IpXfrmImport(choice, keyPath, draft);
        texts.forEach(text -> new TextReader(text, names, run.found, run.findings).read());
        if (run.found.isEmpty() && run.findings.untaken().isEmpty()) {
            run.findings.add(
                    new Origin(texts.get(0).place(1, 1), "ip xfrm"),
                    "there is no state and no policy",
                    "name the file that has them");
        }
        run.children();
        return run;
    }

    private void children() {
        Set<Found.State> used = new HashSet<>();
        Map<Found.Ends, List<Found.State>> states = found.byEnds();
        for (Flow flow : Flows.of(found, findings)) {
            child(flow, FlowStates.of(flow, states, used, findings));
        }
        for (Found.State each : found.states()) {
            // The kernel makes these beside IPComp by itself.
            boolean implied = each.state().isImplied();
            if (!implied && !used.contains(each)) {
                findings.add(
                        each.origin(),
                        "no policy asks for it, so nothing says what it protects",
                        "keep it beside the definition, or add the policies and import again");
            }
        }
    }

    private void child(Flow flow, FlowStates states) {
        String connectionName = ForeignNames.of("to-" + flow.key().remote());
        Found.Policy first = flow.out().get(0);
        String ends = flow.key().local() + " " + flow.key().remote();
        Draft.Connection connection = connections.computeIfAbsent(ends, any -> {
            Draft.Connection made = draft.connection(connectionName, first.origin());
            made.own().put("local_addrs", flow.key().local().toString());
            made.own().put("remote_addrs", flow.key().remote().toString());
            return made;
        });
        String name = "reqid-" + Integer.toUnsignedString(flow.key().reqid().bits());
        Draft.Entry child = connection.child(name, first.origin());
        new FlowChild(flow, states, child, findings).put();
        Optional<EspProposal> suite = states.espOut().flatMap(FlowSuite::of);
        suite(suite, states, child);
        boolean whole = states.areWhole(flow.key().compressed())
                && suite.isPresent()
                && suite.equals(states.espIn().flatMap(FlowSuite::of));
        boolean written = whole && !choice.equals(Optional.of(KeyChoice.DERIVE));
        if (written) {
            written(connection.name() + "-" + child.name(), states, child);
        } else {
            newKeys(whole, states, child);
            newSas.put(connection, child);
        }
        taken.add(new Taken(new ChildName(connection.name(), child.name()), flow, states, written));
    }

    private void suite(Optional<EspProposal> suite, FlowStates states, Draft.Entry child) {
        child.put("esp_proposals", suite.map(EspProposal::name).orElse(NEW_SUITE));
        states.espOut().ifPresent(state -> {
            if (suite.isEmpty()) {
                findings.add(
                        state.origin(),
                        "its algorithms are no suite of a definition's",
                        NEW_SUITE + " was written; both ends need the same");
            } else if (state.hidesKeys() && suite.get().cipherKeyBytes() > 0) {
                findings.add(
                        state.origin(),
                        "its keys are hidden, and so is how long they are",
                        suite.get().name() + " was written; both ends need the same");
            }
        });
    }

    private void newKeys(boolean whole, FlowStates states, Draft.Entry child) {
        if (whole) {
            findings.note(child.origin().name() + ": SPIs and keys will be new ones, as --keys derive says");
        } else {
            findings.add(
                    states.espOut().map(Found.State::origin).orElse(child.origin()),
                    "the states of both directions with their keys are needed to go on with them",
                    "new ones are derived at both ends; or import what \"ip xfrm state\" prints for root");
        }
    }

    private void written(String name, FlowStates states, Draft.Entry child) {
        Map<String, Object> sas = new LinkedHashMap<>();
        sas.put("out", sa(name, "-out", states.espOut().orElseThrow(), states.compOut(), child));
        sas.put("in", sa(name, "-in", states.espIn().orElseThrow(), states.compIn(), child));
        child.put("sas", sas);
    }

    private Map<String, String> sa(
            String name, String end, Found.State esp, Optional<Found.State> comp, Draft.Entry child) {
        Map<String, String> sa = new LinkedHashMap<>();
        sa.put("spi", esp.state().id().spi().toString());
        comp.ifPresent(state -> sa.put(
                "cpi", "0x" + Integer.toHexString(state.state().id().spi().bits())));
        String secret = draft.secret(name, end, keyPath, child.origin());
        keys.put(secret, FlowSuite.key(esp.state()));
        sa.put("key", secret);
        return sa;
    }

    /** The keys that were found, by the names of their secrets; of children that are defined. */
    public Map<String, Key> keys(Definition definition) {
        Map<String, Key> used = new LinkedHashMap<>(keys);
        used.keySet().retainAll(definition.secrets().keySet());
        return used;
    }

    /** Tells whatever the definition makes in another way than it was read. */
    public void compare(Definition definition) {
        new Resemblance(definition, findings).compare(taken);
    }
}
