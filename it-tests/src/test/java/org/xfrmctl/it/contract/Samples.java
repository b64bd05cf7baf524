package org.xfrmctl.it.contract;

import java.util.Arrays;
import java.util.List;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** States and policies to ask for. */
final class Samples {
    static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    static final IpAddress THERE = IpAddress.parse("192.0.2.2");
    static final IpAddress HERE6 = IpAddress.parse("2001:db8::1");
    static final IpAddress THERE6 = IpAddress.parse("2001:db8::2");

    private Samples() {}

    static Key key(int length) {
        byte[] material = new byte[length];
        Arrays.fill(material, (byte) 0x5a);
        return Key.of(material);
    }

    static SaId id(IpProtocol protocol, int spi) {
        return new SaId(THERE, new Spi(spi), protocol);
    }

    static XfrmState.Builder esp(int spi) {
        return XfrmState.builder(id(IpProtocol.ESP, spi), HERE)
                .mode(Mode.TUNNEL)
                .reqid(new Reqid(7))
                .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", key(20), 128)));
    }

    static XfrmState.Builder ipcomp(int cpi) {
        return XfrmState.builder(id(IpProtocol.COMP, cpi), HERE)
                .mode(Mode.TUNNEL)
                .reqid(new Reqid(8))
                .algorithms(List.of(Algorithm.Compression.DEFLATE));
    }

    /** Between hosts 10.0.x.x, a different one for each number. */
    static XfrmPolicy.Builder policy(int number) {
        IpAddress host = IpAddress.v4(0x0a000000 + number);
        return XfrmPolicy.builder(Selector.between(IpPrefix.host(HERE), IpPrefix.host(host)), Direction.OUT)
                .priority(100)
                .templates(List.of(Template.tunnel(HERE, THERE, IpProtocol.ESP, new Reqid(7), Level.REQUIRED)));
    }

    /** Without what only the kernel knows: times and counters. */
    static XfrmState asAsked(XfrmState listed) {
        return listed.toBuilder().current(LifetimeCurrent.NONE).build();
    }

    /** Without what only the kernel knows: times, index and whether it has sub policies. */
    static XfrmPolicy asAsked(XfrmPolicy listed) {
        return listed.toBuilder()
                .current(LifetimeCurrent.NONE)
                .index(0)
                .type(listed.type().filter(type -> type != PolicyType.MAIN))
                .build();
    }
}
