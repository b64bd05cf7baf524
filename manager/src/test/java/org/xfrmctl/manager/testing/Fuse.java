package org.xfrmctl.manager.testing;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalException;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkException.Advice;
import org.xfrmctl.netlink.NetlinkException.Refusal;
import org.xfrmctl.netlink.NetlinkException.Said;

/**
 * Ends a run at one point before or after a request to the kernel or a write of the journal: as {@code kill -9} does, or
 * by a refusal, which behind the step is an answer that got lost.
 */
public final class Fuse {
    /** No part of the program catches it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final boolean refuses;
    private int left;

    private Fuse(int points, boolean refuses) {
        left = points;
        this.refuses = refuses;
    }

    /** {@code points} are passed unharmed. */
    public static Fuse killing(int points) {
        return new Fuse(points, false);
    }

    /** {@code points} are passed unharmed, and all after the one that is refused. */
    public static Fuse refusing(int points) {
        return new Fuse(points, true);
    }

    public boolean isBlown() {
        return left < 0;
    }

    private void around(Runnable step) {
        around(step, refusal(OptionalInt.of(1)), refusal(OptionalInt.empty()));
    }

    private void around(Runnable step, RuntimeException before, RuntimeException after) {
        point(before);
        step.run();
        point(after);
    }

    private void point(RuntimeException refusal) {
        if (left-- == 0) {
            if (refuses) {
                throw refusal;
            }
            throw new Killed();
        }
    }

    private static NetlinkException refusal(OptionalInt sequence) {
        return new NetlinkException(Errno.ENOMEM.number(), new Refusal("step", sequence, Said.NOTHING, Advice.NONE));
    }

    public XfrmTables on(XfrmTables tables) {
        return new XfrmTables() {
            @Override
            public List<XfrmState> listStates() {
                return tables.listStates();
            }

            @Override
            public List<XfrmPolicy> listPolicies() {
                return tables.listPolicies();
            }

            @Override
            public Optional<NetlinkException> rehearseState(XfrmState state) {
                return tables.rehearseState(state);
            }

            @Override
            public void addState(XfrmState state) {
                around(() -> tables.addState(state));
            }

            @Override
            public void restoreState(XfrmState state) {
                around(() -> tables.restoreState(state));
            }

            @Override
            public void updateState(XfrmState state) {
                around(() -> tables.updateState(state));
            }

            @Override
            public void deleteState(SaId id, Mark mark) {
                around(() -> tables.deleteState(id, mark));
            }

            @Override
            public void addPolicy(XfrmPolicy policy) {
                around(() -> tables.addPolicy(policy));
            }

            @Override
            public void updatePolicy(XfrmPolicy policy) {
                around(() -> tables.updatePolicy(policy));
            }

            @Override
            public void deletePolicy(PolicyKey key) {
                around(() -> tables.deletePolicy(key));
            }
        };
    }

    public Journal on(Journal journal) {
        return new Journal() {
            @Override
            public JournalRecord read() {
                return journal.read();
            }

            @Override
            public void write(JournalRecord record) {
                JournalException failure = new JournalException("the disk is full", new IllegalStateException());
                around(() -> journal.write(record), failure, failure);
            }

            @Override
            public void close() {
                journal.close();
            }
        };
    }
}
