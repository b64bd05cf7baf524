package org.xfrmctl.manager.apply;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;

/**
 * Whether the kernel can do what a plan asks of it: it is asked before the first change is made, so a missing module or
 * algorithm, or a key of the wrong length, is found while nothing has to be undone.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /**
     * All by which one state may be taken and another one refused. Addresses, SPIs and the content of keys make no difference,
     * and a rehearsal costs the kernel as much as the state: of a thousand connections that are alike two states are asked about.
     */
    private record Kind(
            IpProtocol protocol,
            Family family,
            Selector selector,
            Mode mode,
            StateFlags flags,
            List<String> algorithms,
            ReplayState replay,
            Mark mark,
            IfId ifId,
            StateOptions options) {
        static Kind of(XfrmState state) {
            return new Kind(
                    state.id().protocol(),
                    state.family(),
                    state.selector(),
                    state.mode(),
                    state.flags(),
                    // As text they have the length of a key in place of it.
                    state.algorithms().stream().map(Algorithm::toString).toList(),
                    state.replay(),
                    state.mark(),
                    state.ifId(),
                    state.options());
        }
    }

    /**
     * Asks about the states that {@code plan} adds: one of each kind, and all of a kind that is refused.
     *
     * @throws RehearsalException if the kernel would refuse some of them
     */
    public static void check(Plan plan, XfrmTables tables) {
        Map<Kind, List<XfrmState>> kinds = new LinkedHashMap<>();
        for (Change change : plan.changes()) {
            if (change instanceof Change.AddState add) {
                kinds.computeIfAbsent(Kind.of(add.state()), kind -> new ArrayList<>())
                        .add(add.state());
            }
        }
        List<NetlinkException> refusals = new ArrayList<>();
        for (List<XfrmState> alike : kinds.values()) {
            Optional<NetlinkException> first = tables.rehearseState(alike.get(0));
            if (first.isPresent()) {
                refusals.add(first.get());
                alike.stream()
                        .skip(1)
                        .map(tables::rehearseState)
                        .flatMap(Optional::stream)
                        .forEach(refusals::add);
            }
        }
        if (!refusals.isEmpty()) {
            throw new RehearsalException(refusals);
        }
    }
}
