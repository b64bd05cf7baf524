package org.xfrmctl.manager.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.Plan;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.NetlinkException;

/**
 * Makes a plan's changes in their order. At the first refusal everything done so far is undone, in reverse, so that
 * policies are back before the states behind them change and blocks go last.
 *
 * <p>What cannot be undone to the letter: a removed state. It is added again with the sequence numbers, replay window and
 * counters that it had just before the first removal. An outbound state is idle by then (a newer one or a block policy took
 * its traffic), so its next sequence number is right. An inbound one may have received a packet between that look and its
 * removal; that packet could be replayed once, which ends with the next newer packet. Removals therefore come last in a
 * plan, where hardly anything is left to fail.
 */
public final class Applier {
    private final XfrmTables tables;
    private final Consumer<Plan> beforeChanges;

    public Applier(XfrmTables tables) {
        this(tables, plan -> {});
    }

    /** {@code beforeChanges} is given the plan when all that can be foreseen was, before the first change; what it throws ends the run. */
    public Applier(XfrmTables tables, Consumer<Plan> beforeChanges) {
        this.tables = tables;
        this.beforeChanges = beforeChanges;
    }

    /**
     * Applies {@code plan} and checks the result.
     *
     * @param planAgain plans for the same goal; what it finds to do afterwards means that the kernel does not hold what was
     *     asked, and everything is undone
     * @return the kernel's tables after it
     * @throws RehearsalException if the kernel would refuse a state; nothing was changed
     * @throws ApplyException if the kernel refused a change or did not keep it
     */
    public Snapshot apply(Plan plan, Function<Snapshot, Plan> planAgain) {
        Rehearsal.check(plan, tables);
        if (!plan.isEmpty()) {
            beforeChanges.accept(plan);
        }
        UndoLog log = new UndoLog(tables);
        for (List<Change> together : together(plan.changes())) {
            if (isRemoval(together.get(0))) {
                remove(together.get(0), log);
            } else {
                make(together, log);
            }
        }
        return plan.isEmpty() ? Snapshot.read(tables) : verified(planAgain, log);
    }

    /**
     * Changes that may go out together: what a stage adds and changes. Each stage relies on the one before, so none begins
     * before all of that is known to be done.
     */
    private static List<List<Change>> together(List<Change> changes) {
        List<List<Change>> groups = new ArrayList<>();
        for (Change change : changes) {
            List<Change> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
            boolean joins = !last.isEmpty()
                    && last.get(0).stage() == change.stage()
                    && !isRemoval(last.get(0))
                    && !isRemoval(change);
            if (joins) {
                last.add(change);
            } else {
                groups.add(new ArrayList<>(List.of(change)));
            }
        }
        return groups;
    }

    private static boolean isRemoval(Change change) {
        return change.sign() == '-';
    }

    private void make(List<Change> together, UndoLog log) {
        List<Optional<NetlinkException>> outcomes;
        try {
            outcomes = tables.makeAll(together);
        } catch (RuntimeException e) {
            together.forEach(log::done);
            throw failed(together.get(0), e, log);
        }
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).isEmpty()) {
                log.done(together.get(i));
            }
        }
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i).isPresent()) {
                throw failed(together.get(i), outcomes.get(i).get(), log);
            }
        }
    }

    private void remove(Change change, UndoLog log) {
        try {
            log.record(change);
            send(change);
            log.done(change);
        } catch (RuntimeException e) {
            if (isUnanswered(e)) {
                log.done(change);
            }
            throw failed(change, e, log);
        }
    }

    private static ApplyException failed(Change change, RuntimeException e, UndoLog log) {
        // A refusal already says what was asked for.
        String problem = (e instanceof NetlinkException ? "" : change + ": ") + e.getMessage();
        return new ApplyException(Optional.of(change), problem, e, log.rollBack());
    }

    /** Without the kernel's word the change may have been made; undoing it does no harm if it was not. */
    private static boolean isUnanswered(RuntimeException failure) {
        return failure instanceof MalformedMessageException
                || (failure instanceof NetlinkException e
                        && e.refusal().sequence().isEmpty());
    }

    private Snapshot verified(Function<Snapshot, Plan> planAgain, UndoLog log) {
        List<String> rest;
        RuntimeException cause;
        try {
            Snapshot after = Snapshot.read(tables);
            Plan again = planAgain.apply(after);
            if (again.isEmpty()) {
                return after;
            }
            rest = again.changes().stream().map(Change::line).toList();
            cause = new IllegalStateException("the kernel's tables differ from what was asked");
        } catch (PlanConflictException e) {
            rest = e.conflicts();
            cause = e;
        } catch (RuntimeException e) {
            throw new ApplyException(Optional.empty(), "cannot check the result: " + e.getMessage(), e, log.rollBack());
        }
        throw new ApplyException(
                Optional.empty(),
                "the kernel accepted every change, but afterwards this was left: " + String.join("; ", rest),
                cause,
                log.rollBack());
    }

    private void send(Change change) {
        if (change instanceof Change.RemoveState remove) {
            unless(
                    Errno.ESRCH,
                    () -> tables.deleteState(remove.state().id(), remove.state().mark()));
        } else if (change instanceof Change.RemovePolicy remove) {
            unless(Errno.ENOENT, () -> tables.deletePolicy(remove.policy().key()));
        } else {
            throw new AssertionError(change);
        }
    }

    /** What is to be removed may have expired meanwhile; that is what was wanted. */
    static void unless(Errno gone, Runnable removal) {
        try {
            removal.run();
        } catch (NetlinkException e) {
            if (!e.is(gone)) {
                throw e;
            }
        }
    }
}
