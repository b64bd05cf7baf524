package org.xfrmctl.netlink.text;

import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.netlink.struct.XfrmAddress;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.XfrmId;
import org.xfrmctl.netlink.uapi.XfrmUserTmpl;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;

/** The two lines with which a state and a template begin: addresses, then protocol, SPI, reqid and mode. */
final class IdLines {
    private IdLines() {}

    /** A state's SPI is printed even if it is zero, but not that of IP in IP and of mobile IPv6, which have none. */
    static void print(TextPage page, XfrmUsersaInfo state) {
        addresses(page, state.family(), state.saddr(), state.id());
        page.put('\t');
        protocol(page, state.id(), protocol(state.id()).isIpsec());
        reqidAndMode(page, state.reqid(), state.mode());
    }

    /** {@code prefix} stands before the first line; the second has a tab more. */
    static void print(TextPage page, String prefix, XfrmUserTmpl template) {
        page.put(prefix).put("tmpl ");
        addresses(page, template.family(), template.saddr(), template.id());
        page.put(prefix).put('\t');
        protocol(page, template.id(), false);
        reqidAndMode(page, template.reqid(), template.mode());
    }

    /** Protocol and SPI, also those of an acquire; {@code force} prints the SPI even if it is zero. */
    static void protocol(TextPage page, XfrmId id, boolean force) {
        page.put("proto ").put(protocol(id).toString()).put(' ');
        if (page.statistics() || force || id.spi() != 0) {
            page.put("spi 0x").hex(id.spi(), 8);
            if (page.statistics()) {
                page.put('(').unsigned(id.spi()).put(')');
            }
            page.put(' ');
        }
    }

    private static IpProtocol protocol(XfrmId id) {
        return new IpProtocol(Byte.toUnsignedInt(id.proto()));
    }

    private static void addresses(TextPage page, short family, XfrmAddress source, XfrmId id) {
        int number = Short.toUnsignedInt(family);
        page.put("src ")
                .address(number, source)
                .put(" dst ")
                .address(number, id.daddr())
                .newline();
    }

    private static void reqidAndMode(TextPage page, int reqid, byte mode) {
        page.put("reqid ").unsigned(reqid);
        if (page.statistics()) {
            page.put("(0x").hex(reqid, 8).put(')');
        }
        page.put(" mode ");
        mode(page, mode);
        page.newline();
    }

    /** No release of iproute2 up to 7.1 has a word for IPTFS. */
    static void mode(TextPage page, byte number) {
        Mode mode = new Mode(Byte.toUnsignedInt(number));
        if (mode.equals(Mode.IPTFS) && !page.atLeast(Version.EXTENDED)) {
            page.unsigned(number);
        } else {
            page.put(mode.toString());
        }
    }
}
