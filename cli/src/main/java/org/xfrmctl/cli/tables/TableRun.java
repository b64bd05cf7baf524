package org.xfrmctl.cli.tables;

import java.io.PrintWriter;
import org.xfrmctl.cli.ExitCode;
import org.xfrmctl.cli.PrintOptions;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.netlink.command.IpCommand;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Does what one command of {@code ip xfrm} asks for. */
public final class TableRun {
    private final Kernel kernel;
    private final PrintOptions options;
    private final PrintWriter out;
    private final PrintWriter err;

    public TableRun(Kernel kernel, PrintOptions options, PrintWriter out, PrintWriter err) {
        this.kernel = kernel;
        this.options = options;
        this.out = out;
        this.err = err;
    }

    /**
     * Returns the exit code.
     *
     * @throws org.xfrmctl.netlink.NetlinkException if the kernel refuses
     */
    public int run(IpCommand command) {
        try (XfrmClient client = new XfrmClient(kernel.open())) {
            Answer answer = new Answer(kernel, options, out, err);
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
            return ExitCode.DONE;
        } finally {
            out.flush();
            err.flush();
        }
    }
}
