package org.xfrmctl.cli.render;

import java.util.Optional;
import org.xfrmctl.datapath.engine.Refusal;
import org.xfrmctl.datapath.explain.Explanation.Fate;
import org.xfrmctl.datapath.explain.Explanation.Form;
import org.xfrmctl.datapath.explain.Explanation.Inbound;
import org.xfrmctl.datapath.explain.Explanation.Outbound;
import org.xfrmctl.datapath.explain.Explanation.Transit;
import org.xfrmctl.datapath.explain.Explanation.Verdict;
import org.xfrmctl.datapath.explain.Explanation.Way;

/** What becomes of a packet, in one sentence. */
final class ExplainVerdict {
    private ExplainVerdict() {}

    static String of(Transit transit) {
        return !transit.arrival().passes()
                ? "dropped as it comes in: " + of(transit.arrival())
                : "as it comes in: " + of(transit.arrival()) + "; as it goes on: "
                        + (transit.departure().fate() instanceof Fate.Unroutable
                                ? "not passed on: there is no route to its destination, or forwarding is off"
                                : of(transit.departure()));
    }

    static String of(Outbound outbound) {
        Fate fate = outbound.fate();
        if (fate instanceof Fate.Leaves leaves) {
            return of(leaves, !outbound.hops().isEmpty());
        } else if (fate instanceof Fate.Dropped dropped) {
            return "dropped, " + ExplainWords.of(dropped.counter()) + reason(outbound, dropped.refusal());
        } else if (fate instanceof Fate.TooLong tooLong) {
            return tooLong.byIcmp()
                    ? "too long: its sender is told an MTU of " + tooLong.mtu() + " by ICMP"
                    : "too long: its socket is told \"Message too long\" (EMSGSIZE), the MTU is " + tooLong.mtu();
        }
        if (fate instanceof Fate.Unprotected) {
            return "dropped, no counter of xfrm_stat rises: an XFRM interface sends only what a policy with its"
                    + " if_id protects; its carrier errors rise";
        }
        if (fate instanceof Fate.ForThisHost) {
            return "not passed on: it is for this host; ask with --in";
        }
        return "not sent: there is no route to its destination";
    }

    private static String reason(Outbound outbound, Refusal refusal) {
        return switch (refusal) {
            case BLOCKED -> outbound.policy().taken().isEmpty() ? ": the default blocks it" : ": the policy blocks it";
            case NO_STATE -> ": a template has no state";
            case SPI_TAKEN -> ": the SPI that a template asks for belongs to another state";
            case TOO_DEEP -> ": the policies have more templates than a packet can pass";
            case UNREACHABLE -> ": there is no way to a tunnel's end, or none from its start";
            case FAILED -> ": a state does not take it";
        };
    }

    private static String of(Fate.Leaves leaves, boolean states) {
        String cut = switch (leaves.cut()) {
            case NOT -> "";
            case BEFORE -> ", in " + leaves.pieces().size() + " fragments, each through the states";
            case AFTER -> ", then cut into fragments that fit the way";
        };
        int size = leaves.pieces().stream().mapToInt(Integer::intValue).sum();
        return "passes, " + (states ? "protected" : "in clear") + ", " + size + " bytes on the wire" + cut;
    }

    static String of(Inbound inbound) {
        Optional<Way> clear = inbound.ways().stream()
                .filter(way -> way.verdict().passes() && way.chain().isEmpty())
                .findFirst();
        Optional<Way> protectedWay = inbound.ways().stream()
                .filter(way -> way.verdict().passes() && !way.chain().isEmpty())
                .findFirst();
        if (protectedWay.isPresent()) {
            return "passes if it comes through " + ExplainWords.chain(protectedWay.get())
                    + (clear.isPresent() ? ", and in clear" : "")
                    + uncompressed(inbound, protectedWay.get());
        }
        return clear.isPresent() ? "passes in clear" : "dropped, however it comes";
    }

    /** What passes compressed may not do so when its data does not get smaller. */
    private static String uncompressed(Inbound inbound, Way passing) {
        return inbound.ways().stream()
                .filter(way -> way.chain().equals(passing.chain()) && way.form() == Form.UNCOMPRESSED)
                .map(Way::verdict)
                .filter(Verdict.Dropped.class::isInstance)
                .map(verdict -> "; dropped, " + ExplainWords.of(((Verdict.Dropped) verdict).counter())
                        + ", if its data does not get smaller")
                .findFirst()
                .orElse("");
    }
}
