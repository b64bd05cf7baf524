package org.xfrmctl.cli.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.cli.render.CountJson;
import org.xfrmctl.cli.render.DefaultsJson;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.command.IpCommand;
import org.xfrmctl.netlink.command.PolicyMatch;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.text.CountText;
import org.xfrmctl.netlink.text.DefaultsText;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** Questions about policies. */
final class PolicyTable {
    private final XfrmClient client;
    private final Answer answer;

    PolicyTable(XfrmClient client, Answer answer) {
        this.client = client;
        this.answer = answer;
    }

    void list(IpCommand.ListPolicies command) {
        PolicyMatch match = command.match();
        boolean still;
        try (Listing listing = answer.policies()) {
            still = client.dumpPolicies(message -> {
                if (match.equals(PolicyMatch.ALL) || match.test(PolicyCodec.decode(message))) {
                    listing.add(message);
                }
            });
            listing.end();
        }
        Changes.remarkUnless(still, answer);
    }

    void get(IpCommand.GetPolicy command) {
        ask(XfrmRequests.getPolicy(command.key()), command.label());
    }

    void get(IpCommand.GetPolicyAt command) {
        ask(XfrmRequests.getPolicy(command.index()), command.label());
    }

    private void ask(Request request, Optional<SecurityLabel> label) {
        Request whole = label.map(text -> XfrmRequests.labelled(request, text)).orElse(request);
        new Changes(client, answer).ask(whole, answer::onePolicy);
    }

    void count() {
        SpdInfo info = client.countPolicies();
        answer.print(
                () -> CountText.print(
                        info,
                        answer.printing().statistics(),
                        answer.printing().text().oneline()),
                () -> CountJson.of(info));
    }

    void defaults() {
        DefaultPolicies defaults = client.getDefaults();
        answer.print(() -> DefaultsText.print(defaults), () -> DefaultsJson.of(defaults));
    }

    boolean delete(IpCommand.DeletePolicies command) {
        List<Request> deletions = new ArrayList<>();
        boolean still = client.streamPolicies(policy -> {
            if (command.test(policy)) {
                deletions.add(XfrmRequests.deletePolicy(indexOf(policy)));
            }
        });
        Changes.remarkUnless(still, answer);
        return new Changes(client, answer).delete(deletions, "policy", "policies");
    }

    /** Found by its selector, a policy with a label of a security module would have to be asked for with that, too. */
    private static PolicyIndex indexOf(XfrmPolicy policy) {
        PolicyKey key = policy.key();
        return new PolicyIndex(policy.index(), key.direction(), key.type(), key.mark(), key.ifId());
    }
}
