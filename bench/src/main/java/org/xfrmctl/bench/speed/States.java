package org.xfrmctl.bench.speed;

import java.util.HexFormat;
import java.util.List;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.DumpFilter;
import org.xfrmctl.netlink.xfrm.XfrmClient;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** ESP states with AES-GCM between the same two gateways: 0x10000 is the first SPI. The key is no secret. */
final class States implements Subject {
    private static final int FIRST = 0x10000;
    private static final String CIPHER = "rfc4106(gcm(aes))";
    private static final int TAG_BITS = 128;
    private static final byte[] KEY = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19};

    private final List<Algorithm> algorithms = List.of(new Algorithm.Aead(CIPHER, Key.of(KEY), TAG_BITS));

    @Override
    public String word() {
        return "state";
    }

    @Override
    public String plural() {
        return "states";
    }

    private static SaId id(int number) {
        return new SaId(Tunnel.GATEWAY, new Spi(FIRST + number), IpProtocol.ESP);
    }

    @Override
    public Request add(int number) {
        return XfrmRequests.addState(XfrmState.builder(id(number), Tunnel.HOST)
                .mode(Mode.TUNNEL)
                .reqid(new Reqid(number + 1))
                .algorithms(algorithms)
                .build());
    }

    @Override
    public Request delete(int number) {
        return XfrmRequests.deleteState(StateKey.of(id(number), Mark.NONE));
    }

    @Override
    public String addWords(int number) {
        return "src " + Tunnel.HOST + " " + deleteWords(number) + " reqid " + (number + 1) + " mode tunnel aead "
                + CIPHER + " 0x" + HexFormat.of().formatHex(KEY) + " " + TAG_BITS;
    }

    @Override
    public String deleteWords(int number) {
        return "dst " + Tunnel.GATEWAY + " proto esp spi " + (FIRST + number);
    }

    @Override
    public int dump(XfrmClient client) {
        Tally tally = new Tally();
        client.streamStates(DumpFilter.NONE, tally::count);
        return tally.counted();
    }

    @Override
    public List<?> entries(XfrmClient client) {
        return client.listStates().stream()
                .map(state -> state.toBuilder().current(LifetimeCurrent.NONE).build())
                .toList();
    }

    @Override
    public int count(XfrmClient client) {
        return client.countStates().states();
    }
}
