package org.xfrmctl.datapath.explain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.xfrmctl.datapath.engine.FlowKey;
import org.xfrmctl.datapath.explain.Explanation.Form;
import org.xfrmctl.datapath.explain.Explanation.Verdict;
import org.xfrmctl.datapath.explain.Explanation.Way;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;

/** The ways in which a packet can come, and what becomes of it in each. */
final class InboundWalk {
    private final Tables tables;
    private final Question question;
    private final Direction direction;
    private final PolicyChoice policy;
    private final Chains.Found chains;

    InboundWalk(Tables tables, Predicate<IpAddress> isLocal, Question question, Direction direction) {
        this.tables = tables;
        this.question = question;
        this.direction = direction;
        FlowKey key = new FlowKey(question.flow(), question.mark(), question.device(), question.ifId());
        var namespace = tables.open();
        this.policy = PolicyWalk.choose(namespace, direction, key);
        this.chains = new Chains(namespace, isLocal, key).of(policy);
    }

    /** In clear; through all states that the policy asks for; with one of them left out. */
    Explanation.Inbound walk() {
        Set<List<XfrmState>> all = new LinkedHashSet<>();
        all.add(List.of());
        all.addAll(chains.chains());
        for (List<XfrmState> chain : chains.chains()) {
            for (int i = 0; i < chain.size(); i++) {
                List<XfrmState> shorter = new ArrayList<>(chain);
                shorter.remove(i);
                if (Chains.fits(shorter, question.flow())) {
                    all.add(shorter);
                }
            }
        }
        List<Way> ways = new ArrayList<>();
        all.forEach(chain -> forms(chain).forEach(form -> way(chain, form).ifPresent(ways::add)));
        return new Explanation.Inbound(policy, ways, chains.shortened());
    }

    private static List<Form> forms(List<XfrmState> chain) {
        boolean compresses =
                chain.stream().anyMatch(state -> state.id().protocol().equals(IpProtocol.COMP));
        return compresses ? List.of(Form.COMPRESSED, Form.UNCOMPRESSED) : List.of(Form.PLAIN);
    }

    /** Empty for a form that packets of this size do not have. */
    private Optional<Way> way(List<XfrmState> chain, Form form) {
        Optional<Sealing.Sealed> sealed = Sealing.seal(chain, question.packet(form == Form.COMPRESSED), tables.time());
        if (sealed.isEmpty()) {
            return Optional.of(new Way(chain, form, new Verdict.Impossible(), OptionalInt.empty(), Rises.NONE));
        }
        if (form == Form.COMPRESSED && !sealed.get().compressed()) {
            return Optional.empty();
        }
        Arrival arrival = new Arrival(tables, question, direction, policy, chain);
        Verdict verdict = arrival.judge(sealed.get());
        return Optional.of(
                new Way(chain, form, verdict, OptionalInt.of(sealed.get().wire().length()), arrival.rises()));
    }
}
