package org.xfrmctl.it.differential;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Writes the transcripts of the kernel that this process runs on, which must be its own. */
final class DifferentialMain {
    private static final int PATIENCE = 1000;

    private DifferentialMain() {}

    /** The arguments are the first seed, how many there are, and the file to write. */
    public static void main(String[] arguments) throws IOException {
        long first = Long.parseLong(arguments[0]);
        long count = Long.parseLong(arguments[1]);
        try (BufferedWriter out = Files.newBufferedWriter(Path.of(arguments[2]))) {
            for (long seed = first; seed < first + count; seed++) {
                clear();
                out.write("seed " + seed + "\n");
                try (XfrmClient client = new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM));
                        NetlinkTransport socket = AfNetlinkSocket.open(NetlinkProtocol.XFRM);
                        NetlinkTransport listener = AfNetlinkSocket.open(NetlinkProtocol.XFRM)) {
                    XfrmGroup.ALL.forEach(listener::join);
                    for (String line : Transcript.of(seed, socket, listener, () -> settle(client))) {
                        out.write(line);
                        out.write('\n');
                    }
                }
            }
        }
    }

    /** The state beside an IPComp tunnel goes when the last of these is destroyed, which a kernel does by and by. */
    private static void settle(XfrmClient client) {
        for (int i = 0; i < PATIENCE && client.listStates().stream().anyMatch(XfrmState::isImplied); i++) {
            List<XfrmState> states = client.listStates();
            Set<String> tunnels = states.stream()
                    .filter(state -> state.id().protocol().equals(IpProtocol.COMP)
                            && state.mode().equals(Mode.TUNNEL))
                    .map(DifferentialMain::ends)
                    .collect(Collectors.toSet());
            if (states.stream()
                    .filter(XfrmState::isImplied)
                    .map(DifferentialMain::ends)
                    .allMatch(tunnels::contains)) {
                return;
            }
        }
    }

    private static String ends(XfrmState state) {
        return state.source() + " " + state.id().destination();
    }

    private static void clear() {
        try (XfrmClient client = new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM))) {
            client.flushStates(IpProtocol.ANY);
            client.flushPolicies(PolicyType.MAIN);
            client.flushPolicies(PolicyType.SUB);
            client.setDefaults(
                    new DefaultPolicies(DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT));
        }
    }
}
