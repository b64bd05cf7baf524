package org.xfrmctl.it.algorithm;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.XfrmState;

/** States that two kernels exchange packets by; here is the real one, there the userspace one. */
record ExchangeCase(
        IpProtocol protocol, List<Algorithm> algorithms, Mode mode, Family outer, Family inner, boolean esn) {
    static final Reqid REQID = new Reqid(9);

    /** Every algorithm in one setting, and every setting with one algorithm of each protocol. */
    static List<ExchangeCase> all() {
        List<ExchangeCase> cases = new ArrayList<>();
        for (List<Algorithm> algorithms : Suites.esp()) {
            cases.add(new ExchangeCase(IpProtocol.ESP, algorithms, Mode.TUNNEL, Family.INET, Family.INET, false));
            cases.add(new ExchangeCase(IpProtocol.ESP, algorithms, Mode.TUNNEL, Family.INET, Family.INET, true));
        }
        for (Algorithm algorithm : Suites.hashes()) {
            List<Algorithm> only = List.of(algorithm);
            cases.add(new ExchangeCase(IpProtocol.AH, only, Mode.TUNNEL, Family.INET, Family.INET, false));
            cases.add(new ExchangeCase(IpProtocol.AH, only, Mode.TRANSPORT, Family.INET6, Family.INET6, true));
        }
        List<Algorithm> gcm = Suites.gcm();
        List<Algorithm> sha = Suites.sha256();
        for (Family outer : List.of(Family.INET, Family.INET6)) {
            for (Family inner : List.of(Family.INET, Family.INET6)) {
                cases.add(new ExchangeCase(IpProtocol.ESP, gcm, Mode.TUNNEL, outer, inner, false));
                cases.add(new ExchangeCase(IpProtocol.ESP, gcm, Mode.BEET, outer, inner, false));
                cases.add(new ExchangeCase(IpProtocol.AH, sha, Mode.TUNNEL, outer, inner, false));
            }
            cases.add(new ExchangeCase(IpProtocol.ESP, gcm, Mode.TRANSPORT, outer, outer, false));
            cases.add(new ExchangeCase(IpProtocol.AH, sha, Mode.TRANSPORT, outer, outer, false));
        }
        return cases;
    }

    String name() {
        StringBuilder text = new StringBuilder(protocol + " " + mode + " " + inner + " in " + outer);
        algorithms.forEach(each -> text.append(' ')
                .append(each.name())
                .append(' ')
                .append(each.key().bits()));
        return text.append(esn ? " esn" : "").toString();
    }

    /** The state that the real kernel sends by. */
    XfrmState outbound() {
        return state(here(outer, false), there(outer, false), selector(), 0x1001);
    }

    XfrmState inbound() {
        return state(there(outer, false), here(outer, false), reverse(), 0x1002);
    }

    Selector selector() {
        return Selector.between(IpPrefix.host(near()), IpPrefix.host(far()));
    }

    Selector reverse() {
        return Selector.between(IpPrefix.host(far()), IpPrefix.host(near()));
    }

    /** The inner ends; in transport mode there are no others. */
    IpAddress near() {
        return here(inner, !mode.equals(Mode.TRANSPORT));
    }

    IpAddress far() {
        return there(inner, !mode.equals(Mode.TRANSPORT));
    }

    private XfrmState state(IpAddress source, IpAddress destination, Selector selector, int spi) {
        XfrmState.Builder state = XfrmState.builder(new SaId(destination, new Spi(spi), protocol), source)
                .mode(mode)
                .reqid(REQID)
                .selector(selector)
                .algorithms(algorithms);
        return esn
                ? state.flags(StateFlags.NONE.with(StateFlag.ESN))
                        .replay(new ReplayState.Extended(32, 0x300000005L, 0x300000005L, List.of(0)))
                        .build()
                : state.build();
    }

    private static IpAddress here(Family family, boolean inside) {
        return IpAddress.parse(
                family == Family.INET ? inside ? "10.9.1.1" : "10.9.0.1" : inside ? "fd09:1::1" : "fd09::1");
    }

    private static IpAddress there(Family family, boolean inside) {
        return IpAddress.parse(
                family == Family.INET ? inside ? "10.9.1.2" : "10.9.0.2" : inside ? "fd09:1::2" : "fd09::2");
    }
}
