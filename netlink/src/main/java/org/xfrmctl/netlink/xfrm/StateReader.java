package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.uapi.XfrmId;
import org.xfrmctl.netlink.uapi.XfrmStats;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** From {@code xfrm_usersa_info} and attributes to a state. */
final class StateReader {
    private StateReader() {}

    static XfrmState read(XfrmUsersaInfo info, Attributes attributes) {
        Family family = AddressMapping.family("xfrm_usersa_info", info.family());
        return XfrmState.builder(id(info.id(), family), AddressMapping.toModel(info.saddr(), family))
                .selector(SelectorMapping.toModel(info.sel()))
                .mode(mode(info.mode()))
                .reqid(new Reqid(info.reqid()))
                .seq(info.seq())
                .flags(flags(info, attributes))
                .algorithms(AlgorithmMapping.read(attributes))
                .replay(ReplayMapping.read(info, attributes))
                .limits(LifetimeMapping.toModel(info.lft()))
                .current(LifetimeMapping.toModel(info.curlft()))
                .statistics(statistics(info.stats()))
                .mark(MarkMapping.mark(attributes))
                .ifId(MarkMapping.ifId(attributes))
                .options(new OptionsReader(attributes, family).read())
                .build();
    }

    static SaId id(XfrmId raw, Family family) {
        return new SaId(
                AddressMapping.toModel(raw.daddr(), family),
                new Spi(raw.spi()),
                new IpProtocol(Byte.toUnsignedInt(raw.proto())));
    }

    static Mode mode(byte number) {
        return new Mode(Byte.toUnsignedInt(number));
    }

    private static StateFlags flags(XfrmUsersaInfo info, Attributes attributes) {
        int extra = attributes.find(Xfrma.SA_EXTRA_FLAGS).map(Attribute::u32).orElse(0);
        return new StateFlags(Byte.toUnsignedInt(info.flags()), extra);
    }

    private static StateStatistics statistics(XfrmStats raw) {
        return new StateStatistics(raw.replayWindow(), raw.replay(), raw.integrityFailed());
    }
}
