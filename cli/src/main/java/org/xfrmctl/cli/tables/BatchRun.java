package org.xfrmctl.cli.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.cli.render.BatchReport;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.command.BatchFile;
import org.xfrmctl.netlink.message.Conversation;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Sends the changes of a batch, many in one datagram, and collects what became of each. */
public final class BatchRun implements Conversation.Outcomes {
    /** A kernel looks for a policy along its whole list: with many in the way, the rest of the lookups would take minutes. */
    private static final int MOST_LOOKUPS = 50;

    private final List<BatchFile.Line> lines;
    private final List<Refusal> refusals = new ArrayList<>();
    private final List<BatchReport.Allocated> allocated = new ArrayList<>();
    private int answered;

    private record Refusal(BatchFile.Line line, NetlinkException reason) {}

    public BatchRun(List<BatchFile.Line> lines) {
        this.lines = lines;
    }

    /**
     * Sends all of them, whatever is refused, and then asks what was in the way of the first that exist already.
     *
     * @throws NetlinkException if the kernel cannot be spoken to, or speaks to nobody without the privilege
     */
    public void run(XfrmClient client) {
        client.executeAll(lines.stream().map(BatchFile.Line::request).iterator(), this);
        refusals.stream()
                .filter(each -> each.reason.is(Errno.EEXIST))
                .limit(MOST_LOOKUPS)
                .toList()
                .forEach(each ->
                        refusals.set(refusals.indexOf(each), new Refusal(each.line, withWhatIsInTheWay(client, each))));
    }

    public BatchReport report(String file) {
        return report(file, Optional.empty());
    }

    /** What is known where the run was stopped by the kernel. */
    public BatchReport stopped(String file, NetlinkException reason) {
        int line = lines.get(Math.min(answered, lines.size() - 1)).number();
        return report(file, Optional.of(new BatchReport.Stop(answered, line, reason)));
    }

    private BatchReport report(String file, Optional<BatchReport.Stop> stop) {
        List<BatchReport.Refused> refused = refusals.stream()
                .map(each -> new BatchReport.Refused(each.line.number(), each.reason))
                .toList();
        return new BatchReport(file, lines.size(), refused, allocated, stop);
    }

    @Override
    public void done(Request request) {
        answered++;
    }

    /** Without the privilege none of the others would be done either: one refusal tells it all. */
    @Override
    public void refused(Request request, NetlinkException refusal) {
        if (refusal.is(Errno.EPERM)) {
            throw refusal;
        }
        refusals.add(new Refusal(lines.get(answered), refusal));
        answered++;
    }

    /** What ALLOCSPI is answered with; it comes before those in front of it are known to be done. */
    @Override
    public void replied(Request request, NetlinkMessage reply) {
        int index = answered;
        while (!lines.get(index).request().equals(request)) {
            index++;
        }
        allocated.add(new BatchReport.Allocated(lines.get(index).number(), StateCodec.decode(reply)));
    }

    private static NetlinkException withWhatIsInTheWay(XfrmClient client, Refusal each) {
        Optional<?> found = Optional.empty();
        Object wanted = each.line.request().subject();
        if (wanted instanceof XfrmState state) {
            found = client.getState(state.key());
        } else if (wanted instanceof XfrmPolicy policy) {
            found = client.getPolicy(policy.key());
        }
        return found.map(object -> each.reason.inTheWay(object.toString())).orElse(each.reason);
    }
}
