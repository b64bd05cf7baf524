package org.xfrmctl.manager.migrate.ipxfrm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.manager.migrate.draft.Findings;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Template;

/**
 * The states that a flow's packets go through.
 *
 * @param espOut absent where none is found; IPComp states are where the flow compresses
 */
record FlowStates(
        Optional<Found.State> espOut,
        Optional<Found.State> espIn,
        Optional<Found.State> compOut,
        Optional<Found.State> compIn) {
    /** Finds them, and tells of older ones; {@code used} gets all of both. */
    static FlowStates of(
            Flow flow, Map<Found.Ends, List<Found.State>> found, Set<Found.State> used, Findings findings) {
        IpAddress local = flow.key().local();
        IpAddress remote = flow.key().remote();
        List<Template> templates = flow.out().get(0).policy().templates();
        Reqid esp = flow.key().reqid();
        Reqid comp = templates.get(0).reqid();
        Finder finder = new Finder(found, used, findings);
        boolean compressed = flow.key().compressed();
        return new FlowStates(
                finder.find(IpProtocol.ESP, esp, local, remote),
                finder.find(IpProtocol.ESP, esp, remote, local),
                compressed ? finder.find(IpProtocol.COMP, comp, local, remote) : Optional.empty(),
                compressed ? finder.find(IpProtocol.COMP, comp, remote, local) : Optional.empty());
    }

    List<Found.State> outbound() {
        return Stream.concat(compOut.stream(), espOut.stream()).toList();
    }

    List<Found.State> inbound() {
        return Stream.concat(compIn.stream(), espIn.stream()).toList();
    }

    private List<Found.State> all() {
        return Stream.concat(outbound().stream(), inbound().stream()).toList();
    }

    /** Whether each that the flow needs is there, with its keys. */
    boolean areWhole(boolean compressed) {
        return all().size() == (compressed ? 4 : 2) && all().stream().noneMatch(Found.State::hidesKeys);
    }

    private record Finder(Map<Found.Ends, List<Found.State>> found, Set<Found.State> used, Findings findings) {
        /** A kernel prints the newest first. */
        Optional<Found.State> find(IpProtocol protocol, Reqid reqid, IpAddress from, IpAddress to) {
            List<Found.State> all = found.getOrDefault(new Found.Ends(protocol, from, to), List.of()).stream()
                    .filter(each ->
                            reqid.equals(Reqid.NONE) || each.state().reqid().equals(reqid))
                    .filter(each -> !used.contains(each))
                    .toList();
            used.addAll(all);
            all.stream()
                    .skip(1)
                    .forEach(each -> findings.add(
                            each.origin(),
                            "a child has one SA in each direction, and another of them stands above",
                            "it is an older one, which a rekeying has left, or give it a reqid of its own"));
            return all.stream().findFirst();
        }
    }
}
