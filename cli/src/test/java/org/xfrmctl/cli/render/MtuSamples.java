package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.xfrmctl.manager.mtu.ChildMtu;
import org.xfrmctl.manager.mtu.FlowMtu;
import org.xfrmctl.manager.mtu.KernelWord;
import org.xfrmctl.manager.mtu.Way;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.definition.ChildName;
import org.xfrmctl.model.definition.SizeOptions;
import org.xfrmctl.model.mtu.MtuSum;

/** MTUs of a tunnel, as docs/JSON.md shows and lists them. */
final class MtuSamples {
    private static final IpAddress PEER = IpAddress.parse("198.51.100.2");
    private static final Selector SELECTOR =
            Selector.between(IpPrefix.parse("10.1.0.0/16"), IpPrefix.parse("10.2.0.0/16"));
    private static final Way LEARNT =
            new Way(1400, Way.Origin.LEARNT, false, Optional.of(new Way.Carrier("wan", 1500)));

    private MtuSamples() {}

    /** The one that is shown. */
    static MtuReport plain() {
        return new MtuReport.Computed(
                child(LEARNT, SizeOptions.DEFAULT, new FlowMtu(SELECTOR, 1346, Optional.empty())),
                List.of(new KernelWord(SELECTOR, OptionalInt.of(1346), "a socket from 10.1.0.1 to 10.2.0.1")));
    }

    /** With every member that there is. */
    static Stream<MtuReport> all() {
        FlowMtu.Bound bound = new FlowMtu.Bound("route of 10.2.0.1", LEARNT);
        return Stream.of(
                plain(),
                new MtuReport.Failed(new ChildName("site", "far"), "there is no way to 198.51.100.3"),
                new MtuReport.Computed(
                        child(
                                Way.given(1492),
                                new SizeOptions(OptionalInt.of(1500), new SizeOptions.Mss.Fixed(1400)),
                                new FlowMtu(SELECTOR, 1400, Optional.of(bound))),
                        List.of(new KernelWord(SELECTOR, OptionalInt.empty(), "not asked: no reason"))));
    }

    private static ChildMtu child(Way way, SizeOptions sizes, FlowMtu flow) {
        XfrmState state = XfrmState.builder(
                        new SaId(PEER, new Spi(0xc1000001), IpProtocol.ESP), IpAddress.parse("192.0.2.1"))
                .mode(Mode.TUNNEL)
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.EMPTY, 128)))
                .build();
        return new ChildMtu(
                new ChildName("site", "net"), PEER, way, MtuSum.of(List.of(state), way.mtu()), sizes, List.of(flow));
    }
}
