package org.xfrmctl.manager.apply;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.plan.Change;
import org.xfrmctl.netlink.NetlinkException;

/** A plan could not be carried out, and what was done of it was undone as far as {@link #rollback()} says. */
public final class ApplyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Change> change;
    private final transient Rollback rollback;

    /** What became of the changes that had been made, newest first. */
    public record Rollback(List<Change> undone, List<Remains> remains) {
        public Rollback {
            undone = List.copyOf(undone);
            remains = List.copyOf(remains);
        }

        /** Whether the kernel is as it was before. */
        public boolean isComplete() {
            return remains.isEmpty();
        }

        private String text() {
            if (isComplete()) {
                return undone.isEmpty() ? "nothing had been changed" : undone.size() + " changes were undone";
            }
            return undone.size() + " changes were undone, but not "
                    + String.join("; ", remains.stream().map(Remains::toString).toList());
        }
    }

    /** A change that is still in force, and why. */
    public record Remains(Change change, RuntimeException reason) {
        @Override
        public String toString() {
            return change + " (" + reason.getMessage() + ")";
        }
    }

    ApplyException(Optional<Change> change, String problem, RuntimeException cause, Rollback rollback) {
        super(problem + ": " + rollback.text(), cause);
        this.change = change;
        this.rollback = rollback;
    }

    /** The change that was refused; empty if all were accepted and the check afterwards failed. */
    public Optional<Change> change() {
        return change;
    }

    /** The kernel's refusal, if that was the cause. */
    public Optional<NetlinkException> refusal() {
        return getCause() instanceof NetlinkException e ? Optional.of(e) : Optional.empty();
    }

    public Rollback rollback() {
        return rollback;
    }
}
