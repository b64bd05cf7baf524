package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Template;

/**
 * Other ends for a policy's tunnels and their states ({@code xfrm_migrate()}). All of it is done or nothing, but for a
 * larval state that a copy replaced before a later one failed.
 *
 * @param ifId of the states to move; {@link IfId#NONE} is any
 */
public record Migration(List<StateMove> moves, Optional<Encap> encap, IfId ifId) {
    public Migration {
        moves = List.copyOf(moves);
    }

    /** Moves a policy. {@link Outcome#INVALID} if a state cannot be moved, or no template has the old ends. */
    public Outcome apply(XfrmNamespace namespace, PolicyEntry policy) {
        StateTable states = namespace.states();
        List<SecurityAssociation> old = new ArrayList<>();
        List<SecurityAssociation> fresh = new ArrayList<>();
        Optional<List<Template>> templates = Optional.empty();
        if (copyStates(states, old, fresh)) {
            templates = moved(policy.definition().templates());
        }
        (templates.isPresent() ? old : fresh).forEach(states::remove);
        templates.ifPresent(policy::templates);
        return templates.isPresent() ? Outcome.DONE : Outcome.INVALID;
    }

    private boolean copyStates(StateTable states, List<SecurityAssociation> old, List<SecurityAssociation> fresh) {
        for (StateMove move : moves) {
            Optional<SecurityAssociation> found = states.findToMove(move, ifId);
            if (found.isPresent()) {
                Optional<SecurityAssociation> copy = states.copy(found.get(), move, encap);
                if (copy.isEmpty()) {
                    return false;
                }
                old.add(found.get());
                fresh.add(copy.get());
            }
        }
        return true;
    }

    /** The templates with new ends; empty if no move concerns any. One move after the other, so that moves may chain. */
    private Optional<List<Template>> moved(List<Template> templates) {
        List<Template> result = new ArrayList<>();
        boolean any = false;
        for (Template template : templates) {
            Template now = template;
            for (StateMove move : moves) {
                if (concerns(move, now)) {
                    any = true;
                    now = hasEnds(now) ? between(move.to(), now) : now;
                }
            }
            result.add(now);
        }
        return any ? Optional.of(result) : Optional.empty();
    }

    /** Templates of transport mode have no ends to compare, those of the other modes are never moved. */
    private static boolean concerns(StateMove move, Template template) {
        return template.mode().equals(move.mode())
                && template.protocol().equals(move.protocol())
                && (move.reqid().equals(Reqid.NONE) || template.reqid().equals(move.reqid()))
                && (hasEnds(template)
                        ? template.destination().equals(move.from().destination())
                                && template.source().equals(move.from().source())
                        : template.mode().equals(Mode.TRANSPORT));
    }

    private static boolean hasEnds(Template template) {
        return template.mode().equals(Mode.TUNNEL) || template.mode().equals(Mode.BEET);
    }

    private static Template between(StateMove.Ends ends, Template template) {
        return new Template(
                new SaId(ends.destination(), template.id().spi(), template.protocol()),
                ends.source(),
                template.reqid(),
                template.mode(),
                template.level(),
                template.masks(),
                template.share());
    }
}
