package org.xfrmctl.it.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Holds what is explained against the kernel that this process runs on, which must be its own. */
final class ExplainMain {
    private ExplainMain() {}

    /** The arguments are the first seed, how many worlds, and the file to write. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long first = Long.parseLong(arguments[0]);
        long end = first + Long.parseLong(arguments[1]);
        List<String> lines = new ArrayList<>();
        try (LinuxSubject subject = LinuxSubject.open();
                XfrmClient client = new XfrmClient(AfNetlinkSocket.open(NetlinkProtocol.XFRM))) {
            for (long seed = first; seed < end; seed++) {
                subject.clear();
                ExplainProof proof = new ExplainProof(subject, client, Optional.empty());
                proof.run(seed);
                proof.seen().forEach((name, count) -> lines.add("seen\t" + name + "\t" + count));
                proof.contradictions().forEach(each -> lines.add("contradiction\t" + each.replace('\n', ' ')));
            }
        }
        Files.write(Path.of(arguments[2]), lines);
    }
}
