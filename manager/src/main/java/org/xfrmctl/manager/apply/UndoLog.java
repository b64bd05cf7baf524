package org.xfrmctl.manager.apply;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;

/** Remembers what was done and how it was before. */
final class UndoLog {
    private final XfrmTables tables;
    private final Deque<Change> done = new ArrayDeque<>();
    /** The states just before the first of them was removed. */
    private Optional<List<XfrmState>> beforeRemovals = Optional.empty();

    UndoLog(XfrmTables tables) {
        this.tables = tables;
    }

    /** To be called before a change is sent. */
    void record(Change change) {
        if (change instanceof Change.RemoveState && beforeRemovals.isEmpty()) {
            beforeRemovals = Optional.of(List.copyOf(tables.listStates()));
        }
    }

    void done(Change change) {
        done.push(change);
    }

    /** Undoes everything, newest first. A step that fails is reported and the others are still tried. */
    ApplyException.Rollback rollBack() {
        List<Change> undone = new ArrayList<>();
        List<ApplyException.Remains> remains = new ArrayList<>();
        while (!done.isEmpty()) {
            Change change = done.pop();
            try {
                undo(change);
                undone.add(change);
            } catch (RuntimeException e) {
                remains.add(new ApplyException.Remains(change, e));
            }
        }
        return new ApplyException.Rollback(undone, remains);
    }

    private void undo(Change change) {
        if (change instanceof Change.AddState add) {
            Applier.unless(
                    Errno.ESRCH,
                    () -> tables.deleteState(add.state().id(), add.state().mark()));
        } else if (change instanceof Change.UpdateState update) {
            tables.updateState(
                    update.state().toBuilder().limits(update.before().limits()).build());
        } else if (change instanceof Change.RemoveState remove) {
            latest(remove.state()).ifPresent(this::restore);
        } else if (change instanceof Change.AddPolicy add) {
            Applier.unless(Errno.ENOENT, () -> tables.deletePolicy(add.policy().key()));
        } else if (change instanceof Change.UpdatePolicy update) {
            tables.updatePolicy(update.before());
        } else if (change instanceof Change.RemovePolicy remove) {
            tables.addPolicy(remove.policy());
        } else {
            throw new AssertionError(change);
        }
    }

    /** A kernel locked down for confidentiality shows zeros for keys: to protect with those is worse than not to send. */
    private void restore(XfrmState state) {
        if (state.hasBlankKey()) {
            throw new IllegalStateException("the kernel hides the keys of its states, so it cannot be added again");
        }
        tables.restoreState(state);
    }

    /** Empty for a state that had expired before it could be removed. */
    private Optional<XfrmState> latest(XfrmState removed) {
        return beforeRemovals.orElse(List.of()).stream()
                .filter(state -> state.id().equals(removed.id()) && state.mark().equals(removed.mark()))
                .findFirst();
    }
}
