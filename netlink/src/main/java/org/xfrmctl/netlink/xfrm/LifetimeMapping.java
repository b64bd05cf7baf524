package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCfg;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;

/** Limits and what was used of them. */
public final class LifetimeMapping {
    private LifetimeMapping() {}

    public static LifetimeLimits toModel(XfrmLifetimeCfg raw) {
        return new LifetimeLimits(
                new Limit(raw.softByteLimit(), raw.hardByteLimit()),
                new Limit(raw.softPacketLimit(), raw.hardPacketLimit()),
                new Limit(raw.softAddExpiresSeconds(), raw.hardAddExpiresSeconds()),
                new Limit(raw.softUseExpiresSeconds(), raw.hardUseExpiresSeconds()));
    }

    public static XfrmLifetimeCfg toWire(LifetimeLimits limits) {
        return new XfrmLifetimeCfg(
                limits.bytes().soft(),
                limits.bytes().hard(),
                limits.packets().soft(),
                limits.packets().hard(),
                limits.addSeconds().soft(),
                limits.addSeconds().hard(),
                limits.useSeconds().soft(),
                limits.useSeconds().hard());
    }

    public static LifetimeCurrent toModel(XfrmLifetimeCur raw) {
        return new LifetimeCurrent(raw.bytes(), raw.packets(), raw.addTime(), raw.useTime());
    }

    public static XfrmLifetimeCur toWire(LifetimeCurrent current) {
        return new XfrmLifetimeCur(current.bytes(), current.packets(), current.addTime(), current.useTime());
    }
}
