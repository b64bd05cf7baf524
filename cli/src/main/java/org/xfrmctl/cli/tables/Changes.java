package org.xfrmctl.cli.tables;

import java.util.List;
import java.util.function.Consumer;
import org.xfrmctl.cli.render.BatchReport;
import org.xfrmctl.cli.render.Count;
import org.xfrmctl.cli.render.DeletionsJson;
import org.xfrmctl.cli.render.StateJson;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.command.BatchFile;
import org.xfrmctl.netlink.message.Conversation;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.text.StateText;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Sends what a command asks for, and tells what came of it. */
final class Changes {
    private final XfrmClient client;
    private final Answer answer;

    Changes(XfrmClient client, Answer answer) {
        this.client = client;
        this.answer = answer;
    }

    /** A batch of one: only an SPI's allocation is answered with something to print. */
    void make(Request request) {
        BatchRun run = new BatchRun(List.of(new BatchFile.Line(1, request)));
        run.run(client);
        BatchReport report = run.report("");
        if (!report.refused().isEmpty()) {
            throw report.refused().get(0).refusal();
        }
        report.allocated().forEach(allocated -> print(allocated.state()));
    }

    private void print(XfrmState state) {
        answer.print(
                () -> StateText.print(state, answer.printing().text()),
                () -> StateJson.of(state, answer.printing().showsKeys()));
    }

    /** Prints the reply as the message that it is. */
    void ask(Request question, Consumer<NetlinkMessage> reply) {
        client.executeAll(List.of(question).iterator(), new Conversation.Outcomes() {
            @Override
            public void done(Request request) {}

            @Override
            public void refused(Request request, NetlinkException refusal) {
                throw refusal;
            }

            @Override
            public void replied(Request request, NetlinkMessage message) {
                reply.accept(message);
            }
        });
    }

    /** What is gone already was to be deleted: by a limit of its own, or by somebody else. Returns whether all are gone. */
    boolean delete(List<Request> deletions, String one, String many) {
        Deletions outcomes = new Deletions();
        client.executeAll(deletions.iterator(), outcomes);
        if (outcomes.unnamed > 0) {
            answer.remark("xfrmctl: " + Count.of(outcomes.unnamed, "larval state has", "larval states have")
                    + " no SPI to be deleted by: \"state flush\" takes them too, or they expire");
        }
        answer.remark(Count.of(outcomes.done, one, many) + " deleted");
        int left = outcomes.refused + outcomes.unnamed;
        answer.print(() -> "", () -> DeletionsJson.of(outcomes.done, left));
        return left == 0;
    }

    private final class Deletions implements Conversation.Outcomes {
        private int done;
        private int refused;
        /** No lookup finds a state with SPI 0 ({@code __xfrm_state_lookup()}). */
        private int unnamed;

        @Override
        public void done(Request request) {
            done++;
        }

        @Override
        public void refused(Request request, NetlinkException refusal) {
            if (refusal.is(Errno.EPERM)) {
                throw refusal;
            }
            boolean gone = refusal.is(Errno.ESRCH) || refusal.is(Errno.ENOENT);
            if (gone
                    && request.subject() instanceof StateKey key
                    && key.id().spi().equals(Spi.NONE)) {
                unnamed++;
            } else if (!gone) {
                refused++;
                answer.remark("xfrmctl: " + refusal.getMessage());
            }
        }
    }

    /** Whoever lists a table while it changes may miss some of it. */
    static void remarkUnless(boolean still, Answer answer) {
        if (!still) {
            answer.remark("xfrmctl: the table changed while it was read, so something may be missing; try again");
        }
    }
}
