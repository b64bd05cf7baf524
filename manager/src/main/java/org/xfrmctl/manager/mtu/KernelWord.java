package org.xfrmctl.manager.mtu;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.xfrmctl.manager.compile.DesiredChild;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.SnapshotIndex;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;

/**
 * What the kernel says of the MTU of one flow.
 *
 * @param mtu what it says; empty if it was not, or could not be, asked
 * @param about who asked, or why nobody did
 */
public record KernelWord(Selector selector, OptionalInt mtu, String about) {

    /**
     * Asks about every outbound policy of a child.
     *
     * @param kernel connects the socket and gives its MTU, or throws {@link NetlinkException}; empty if it has no sockets
     */
    public static List<KernelWord> of(
            DesiredChild child, Snapshot snapshot, Ways ways, Function<SocketQuestion, OptionalInt> kernel) {
        SnapshotIndex present = new SnapshotIndex(snapshot);
        IpAddress peer = child.outbound().get(0).id().destination();
        return child.policies(Direction.OUT).stream()
                .map(policy -> {
                    Optional<String> missing = missing(child, policy, present);
                    return missing.map(why -> new KernelWord(policy.selector(), OptionalInt.empty(), why))
                            .orElseGet(() -> ask(policy, FlowEnds.of(policy, peer, ways), kernel));
                })
                .toList();
    }

    /** Of a child that the kernel cannot be asked about. */
    public static List<KernelWord> none(DesiredChild child, String why) {
        return child.policies(Direction.OUT).stream()
                .map(policy -> unasked(policy.selector(), why))
                .toList();
    }

    /** A socket that waits for states would have a keying daemon asked for them. */
    private static Optional<String> missing(DesiredChild child, XfrmPolicy policy, SnapshotIndex present) {
        if (present.find(policy.key())
                .filter(have -> !have.templates().isEmpty())
                .isEmpty()) {
            return Optional.of("not asked: the policy is not in the kernel");
        }
        return child.outbound().stream()
                        .allMatch(wanted -> present.states().stream().anyMatch(state -> isUsedFor(wanted, state)))
                ? Optional.empty()
                : Optional.of("not asked: there are no states toward the peer in the kernel");
    }

    /** Whether the kernel may take it for the template that the wanted one is for. */
    private static boolean isUsedFor(XfrmState wanted, XfrmState state) {
        return state.reqid().equals(wanted.reqid())
                && state.mode().equals(wanted.mode())
                && state.source().equals(wanted.source())
                && state.id().destination().equals(wanted.id().destination())
                && state.id().protocol().equals(wanted.id().protocol());
    }

    private static KernelWord ask(XfrmPolicy policy, FlowEnds ends, Function<SocketQuestion, OptionalInt> kernel) {
        Selector selector = policy.selector();
        if (!policy.ifId().equals(IfId.NONE)) {
            return unasked(selector, "the policy is met by way of the interface with if_id " + policy.ifId() + " only");
        }
        if (!SocketQuestion.canMeet(selector)) {
            return unasked(selector, "the policy is not about UDP");
        }
        Optional<SocketQuestion> question = SocketQuestion.about(policy, ends);
        if (question.isEmpty()) {
            return unasked(
                    selector,
                    ends.from().isEmpty()
                            ? "no address of this host is in " + selector.source()
                            : "no address but this host's is in " + selector.destination());
        }
        try {
            OptionalInt mtu = kernel.apply(question.get());
            return mtu.isPresent()
                    ? new KernelWord(selector, mtu, question.get().toString())
                    : unasked(selector, "this kernel has no sockets");
        } catch (NetlinkException e) {
            return unasked(selector, String.valueOf(e.getMessage()));
        }
    }

    private static KernelWord unasked(Selector selector, String why) {
        return new KernelWord(selector, OptionalInt.empty(), "not asked: " + why);
    }

    /** Whether it says something, and another thing than was computed. */
    public boolean contradicts(ChildMtu computed) {
        return mtu.isPresent()
                && computed.flows().stream()
                        .filter(flow -> flow.selector().equals(selector))
                        .anyMatch(flow -> flow.mtu() != FlowMtu.usable(flow.family(), mtu.getAsInt()));
    }
}
