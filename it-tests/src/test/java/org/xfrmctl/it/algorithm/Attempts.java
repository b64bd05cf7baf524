package org.xfrmctl.it.algorithm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.sys.AfNetlinkSocket;
import org.xfrmctl.netlink.sys.NetlinkProtocol;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Asks a kernel for each row, and writes down what it says: a line for a row. */
final class Attempts {
    private static final int BATCH = 500;

    private Attempts() {}

    /** In the guest; {@code args[0]} is the file to write. */
    public static void main(String[] args) throws IOException {
        Files.write(Path.of(args[0]), all(() -> AfNetlinkSocket.open(NetlinkProtocol.XFRM)));
    }

    static List<String> all(Supplier<NetlinkTransport> kernel) {
        List<String> lines = new ArrayList<>();
        List<AlgorithmRows.Row> rows = AlgorithmRows.all();
        try (XfrmClient client = new XfrmClient(kernel.get())) {
            for (int from = 0; from < rows.size(); from += BATCH) {
                lines.addAll(some(client, rows.subList(from, Math.min(from + BATCH, rows.size()))));
                client.flushStates(IpProtocol.ANY);
            }
        }
        return lines;
    }

    private static List<String> some(XfrmClient client, List<AlgorithmRows.Row> rows) {
        Map<Spi, String> refused = new HashMap<>();
        for (AlgorithmRows.Row row : rows) {
            try {
                client.addState(row.state());
            } catch (NetlinkException e) {
                String text = e.refusal().kernel().text().orElse("");
                refused.put(row.state().id().spi(), e.number() + " " + text);
            }
        }
        Map<Spi, String> taken = new HashMap<>();
        for (XfrmState state : client.listStates()) {
            taken.merge(state.id().spi(), algorithms(state), (one, other) -> one);
        }
        return rows.stream()
                .map(row -> {
                    Spi spi = row.state().id().spi();
                    return row.name() + ": " + (refused.containsKey(spi) ? refused.get(spi) : taken.get(spi));
                })
                .toList();
    }

    /** As the kernel keeps them: canonical names and real lengths. */
    private static String algorithms(XfrmState state) {
        StringBuilder text = new StringBuilder("taken");
        for (Algorithm algorithm : state.algorithms()) {
            text.append(' ')
                    .append(algorithm.name())
                    .append(' ')
                    .append(algorithm.key().bits());
            if (algorithm instanceof Algorithm.Authentication authentication) {
                text.append('/').append(authentication.truncationBits());
            } else if (algorithm instanceof Algorithm.Aead aead) {
                text.append('/').append(aead.icvBits());
            }
        }
        return text.toString();
    }
}
