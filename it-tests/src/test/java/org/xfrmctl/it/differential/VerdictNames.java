package org.xfrmctl.it.differential;

import org.xfrmctl.datapath.explain.Explanation;
import org.xfrmctl.datapath.explain.Explanation.Fate;
import org.xfrmctl.datapath.explain.Explanation.Verdict;
import org.xfrmctl.model.XfrmCounter;

/** Under which names packets are counted by what became of them. */
final class VerdictNames {
    private VerdictNames() {}

    static String kind(Explanation.Outbound outbound) {
        return outbound.hops().isEmpty() ? "" : "protected ";
    }

    static String of(Fate fate) {
        if (fate instanceof Fate.Dropped dropped) {
            return "dropped " + dropped.counter().map(XfrmCounter::toString).orElse("");
        }
        return fate instanceof Fate.Leaves leaves
                ? "leaves " + leaves.cut()
                : fate.getClass().getSimpleName();
    }

    static String of(Verdict verdict) {
        return verdict instanceof Verdict.Dropped dropped
                ? "dropped " + dropped.counter().map(XfrmCounter::toString).orElse("")
                : verdict.getClass().getSimpleName();
    }
}
