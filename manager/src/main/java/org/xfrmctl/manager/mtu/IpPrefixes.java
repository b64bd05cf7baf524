package org.xfrmctl.manager.mtu;

import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** Counting addresses. Behind the last comes the first. */
final class IpPrefixes {
    private IpPrefixes() {}

    static IpAddress next(IpAddress address) {
        byte[] bytes = address.toBytes();
        for (int i = bytes.length - 1; i >= 0 && ++bytes[i] == 0; ) {
            i--;
        }
        return IpAddress.of(bytes);
    }

    /** What comes behind a prefix's last address. */
    static IpAddress behind(IpPrefix prefix) {
        byte[] bytes = prefix.address().toBytes();
        for (int bit = prefix.length(); bit < bytes.length * 8; bit++) {
            bytes[bit / 8] |= (byte) (0x80 >>> bit % 8);
        }
        return next(IpAddress.of(bytes));
    }
}
