package org.xfrmctl.manager.testing;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.plan.XfrmTables;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;

/** Ends a run as {@code kill -9} does: at one point before or after a request to the kernel or a write of the journal. */
public final class Fuse {
    /** No part of the program catches it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private int left;

    /** {@code points} are passed unharmed. */
    public Fuse(int points) {
        left = points;
    }

    private void point() {
        if (left-- == 0) {
            throw new Killed();
        }
    }

    private void around(Runnable step) {
        point();
        step.run();
        point();
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
                around(() -> journal.write(record));
            }

            @Override
            public void close() {
                journal.close();
            }
        };
    }
}
