package org.xfrmctl.manager.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.XfrmState;

/**
 * Whether the kernel's state is the wanted one, apart from its limits. Left out is what the kernel counts or adds: counters,
 * sequence numbers, times, attributes that we do not interpret.
 */
public final class StateComparison {
    private final boolean pmtuDiscoveryIsOff;

    /**
     * Looks whether {@code net.ipv4.ip_no_pmtu_disc} gives NOPMTUDISC to every new IPv4 state. It shows on inbound states,
     * for which nobody asks the flag.
     */
    public StateComparison(List<XfrmState> wantedInbound, SnapshotIndex present) {
        pmtuDiscoveryIsOff = wantedInbound.stream()
                .flatMap(state -> present.find(state).stream())
                .anyMatch(state -> state.flags().has(StateFlag.NOPMTUDISC));
    }

    /** Names of what differs, in the order of the struct; empty if only the limits may. */
    public List<String> differences(XfrmState wanted, XfrmState present) {
        List<String> names = new ArrayList<>();
        differ(names, "src", wanted.source(), present.source());
        differ(names, "mode", wanted.mode(), present.mode());
        differ(names, "reqid", wanted.reqid(), present.reqid());
        differ(names, "sel", wanted.selector(), present.selector());
        differ(names, "flags", wanted.flags(), effective(wanted, present));
        if (!sameAlgorithms(wanted, present)) {
            names.add("key or algorithm");
        }
        if (wanted.replay().window() != present.replay().window()
                || wanted.replay().getClass() != present.replay().getClass()) {
            names.add("replay-window");
        }
        differ(names, "mark", wanted.mark().masked(), present.mark().masked());
        differ(names, "if_id", wanted.ifId(), present.ifId());
        differ(
                names,
                "output-mark",
                wanted.options().outputMark(),
                present.options().outputMark());
        differ(names, "encap", wanted.options().encap(), present.options().encap());
        differ(
                names,
                "tfcpad",
                wanted.options().extras().tfcPad(),
                present.options().extras().tfcPad());
        return names;
    }

    private static void differ(List<String> names, String name, Object wanted, Object present) {
        if (!Objects.equals(wanted, present)) {
            names.add(name);
        }
    }

    private StateFlags effective(XfrmState wanted, XfrmState present) {
        boolean added = pmtuDiscoveryIsOff
                && present.family() == Family.INET
                && !wanted.flags().has(StateFlag.NOPMTUDISC);
        return added
                ? new StateFlags(
                        present.flags().bits() & ~StateFlag.NOPMTUDISC.bit(),
                        present.flags().extraBits())
                : present.flags();
    }

    private static boolean sameAlgorithms(XfrmState wanted, XfrmState present) {
        return wanted.algorithms().size() == present.algorithms().size()
                && wanted.algorithms().stream()
                        .allMatch(want -> present.algorithms().stream().anyMatch(have -> same(want, have)));
    }

    private static boolean same(Algorithm want, Algorithm have) {
        if (want instanceof Algorithm.Aead a && have instanceof Algorithm.Aead b) {
            return a.name().equals(b.name()) && a.icvBits() == b.icvBits() && same(a.key(), b.key());
        }
        if (want instanceof Algorithm.Encryption a && have instanceof Algorithm.Encryption b) {
            return a.name().equals(b.name()) && same(a.key(), b.key());
        }
        if (want instanceof Algorithm.Authentication a && have instanceof Algorithm.Authentication b) {
            return a.name().equals(b.name()) && a.truncationBits() == b.truncationBits() && same(a.key(), b.key());
        }
        // The compressor has no key; what a request carried there is of no effect.
        return want instanceof Algorithm.Compression a
                && have instanceof Algorithm.Compression b
                && a.name().equals(b.name());
    }

    /** A kernel locked down for confidentiality shows zeros for a key; then length is all there is to compare. */
    private static boolean same(Key wanted, Key present) {
        return wanted.equals(present) || (wanted.length() == present.length() && present.isBlank());
    }
}
