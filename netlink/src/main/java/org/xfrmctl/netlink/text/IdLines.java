package org.xfrmctl.netlink.text;

import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;

/** The two lines with which a state and a template begin: addresses, then protocol, SPI, reqid and mode. */
final class IdLines {
    private IdLines() {}

    /** {@code prefix} is the tabs before the first line; the second has one more. {@code spi} forces a zero SPI out. */
    static void print(TextPage page, String prefix, IpAddress source, SaId id, Numbers numbers) {
        page.put("src ").put(source).put(" dst ").put(id.destination()).newline();
        page.put(prefix).put("\tproto ").put(id.protocol()).put(" ");
        if (page.statistics() || numbers.forceSpi() || !id.spi().equals(Spi.NONE)) {
            page.put("spi ").put(id.spi());
            if (page.statistics()) {
                page.put("(").unsigned(id.spi().bits()).put(")");
            }
            page.put(" ");
        }
        page.put("reqid ").unsigned(numbers.reqid().bits());
        if (page.statistics()) {
            page.put("(0x").wideHex(numbers.reqid().bits()).put(")");
        }
        page.put(" mode ").put(name(numbers.mode())).newline();
    }

    /** What stands beside the addresses. */
    record Numbers(Reqid reqid, Mode mode, boolean forceSpi) {
        static Numbers ofState(IpProtocol protocol, Reqid reqid, Mode mode) {
            return new Numbers(reqid, mode, protocol.isIpsec() || protocol.equals(IpProtocol.IPSEC_ANY));
        }
    }

    /** No release of iproute2 up to 7.1 has a word for IPTFS. */
    private static String name(Mode mode) {
        return mode.equals(Mode.IPTFS) ? Integer.toString(mode.number()) : mode.toString();
    }
}
