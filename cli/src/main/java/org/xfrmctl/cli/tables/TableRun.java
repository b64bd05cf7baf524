package org.xfrmctl.cli.tables;

import java.io.PrintWriter;
import java.util.function.Supplier;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.command.IpCommand;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Does what one command of {@code ip xfrm} asks for. */
public final class TableRun {
    private final Printing printing;
    private final PrintWriter out;
    private final PrintWriter err;

    public TableRun(Printing printing, PrintWriter out, PrintWriter err) {
        this.printing = printing;
        this.out = out;
        this.err = err;
    }

    /**
     * Returns whether all of it was done; if not, why stands on {@code err}.
     *
     * @param kernel opens a transport to the kernel
     * @throws org.xfrmctl.netlink.NetlinkException if the kernel refuses
     */
    public boolean run(IpCommand command, Supplier<NetlinkTransport> kernel) {
        try (XfrmClient client = new XfrmClient(kernel.get())) {
            Answer answer = new Answer(printing, out, err);
            StateTable states = new StateTable(client, answer);
            PolicyTable policies = new PolicyTable(client, answer);
            if (command instanceof IpCommand.Change change) {
                new Changes(client, answer).make(change.request());
            } else if (command instanceof IpCommand.ListStates list) {
                states.list(list);
            } else if (command instanceof IpCommand.GetState get) {
                states.get(get);
            } else if (command instanceof IpCommand.CountStates) {
                states.count();
            } else if (command instanceof IpCommand.DeleteStates delete) {
                return states.delete(delete);
            } else if (command instanceof IpCommand.ListPolicies list) {
                policies.list(list);
            } else if (command instanceof IpCommand.GetPolicy get) {
                policies.get(get);
            } else if (command instanceof IpCommand.GetPolicyAt get) {
                policies.get(get);
            } else if (command instanceof IpCommand.CountPolicies) {
                policies.count();
            } else if (command instanceof IpCommand.DeletePolicies delete) {
                return policies.delete(delete);
            } else if (command instanceof IpCommand.GetDefaults) {
                policies.defaults();
            } else {
                throw new AssertionError(command);
            }
            return true;
        } finally {
            out.flush();
            err.flush();
        }
    }
}
