package org.xfrmctl.cli.tables;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.cli.render.CountJson;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.command.IpCommand;
import org.xfrmctl.netlink.command.StateMatch;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.text.CountText;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** Questions about states. */
final class StateTable {
    private final XfrmClient client;
    private final Answer answer;

    StateTable(XfrmClient client, Answer answer) {
        this.client = client;
        this.answer = answer;
    }

    /** What is not chosen is never decoded, nor is anything where all are. */
    void list(IpCommand.ListStates command) {
        StateMatch match = command.match();
        boolean still;
        try (Listing listing = answer.states()) {
            still = client.dumpStates(match.dumpFilter(), message -> {
                if (match.equals(StateMatch.ALL) || match.test(StateCodec.decode(message))) {
                    listing.add(message);
                }
            });
            listing.end();
        }
        Changes.remarkUnless(still, answer);
    }

    void get(IpCommand.GetState command) {
        Request request = XfrmRequests.getState(command.key());
        new Changes(client, answer).ask(request, answer::oneState);
    }

    void count() {
        SadInfo info = client.countStates();
        answer.print(() -> CountText.print(info, answer.printing().statistics()), () -> CountJson.of(info));
    }

    boolean delete(IpCommand.DeleteStates command) {
        List<Request> deletions = new ArrayList<>();
        boolean still = client.streamStates(command.match().dumpFilter(), state -> {
            if (command.test(state)) {
                deletions.add(deletion(state));
            }
        });
        Changes.remarkUnless(still, answer);
        return new Changes(client, answer).delete(deletions, "state", "states");
    }

    private static Request deletion(XfrmState state) {
        return XfrmRequests.deleteState(state.key());
    }
}
