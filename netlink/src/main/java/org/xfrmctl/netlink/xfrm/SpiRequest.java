package org.xfrmctl.netlink.xfrm;

import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmUserspiInfo;

/**
 * The wish for an SPI that no state has ({@code XFRM_MSG_ALLOCSPI}). The kernel makes a larval state of it, which lives
 * for {@code net.core.xfrm_acq_expires} seconds and is completed by an update.
 *
 * @param wanted protocol, addresses, mode, reqid, mark and if_id of the state; its SPI is not looked at
 * @param min the least SPI, or CPI, unsigned
 * @param max the greatest, unsigned
 */
public record SpiRequest(XfrmState wanted, int min, int max) {
    /** Where {@code ip xfrm} and PF_KEY look: above what RFC 4303, section 2.1, reserves. */
    public static final int LEAST_SPI = 0x100;

    public static final int GREATEST_SPI = 0x0fffffff;

    /** Any SPI; for IPComp any CPI that may be chosen freely. */
    public static SpiRequest any(XfrmState wanted) {
        return wanted.id().protocol().equals(IpProtocol.COMP)
                ? new SpiRequest(wanted, Cpi.LOWEST, Cpi.HIGHEST)
                : new SpiRequest(wanted, LEAST_SPI, GREATEST_SPI);
    }

    /**
     * Reads ALLOCSPI.
     *
     * @throws org.xfrmctl.netlink.MalformedMessageException if it is none
     */
    public static SpiRequest decode(NetlinkMessage message) {
        XfrmUserspiInfo raw = message.body(XfrmUserspiInfo.CODEC);
        Attributes attributes = message.attributes(XfrmUserspiInfo.CODEC.size());
        return new SpiRequest(StateCodec.decode(raw.info(), attributes), raw.min(), raw.max());
    }

    /** Writes the body of ALLOCSPI, with the attributes that it may have. */
    public void encode(MessageWriter out) {
        out.body(XfrmUserspiInfo.CODEC, new XfrmUserspiInfo(StateWriter.requestInfo(wanted), min, max));
        MarkMapping.write(wanted.mark(), out);
        MarkMapping.write(wanted.ifId(), out);
        PlacementMapping.write(wanted.options().placement(), out);
        OtherAttributes.write(wanted.options().other(), out);
    }

    @Override
    public String toString() {
        return "proto " + wanted.id().protocol() + " src " + wanted.source() + " dst "
                + wanted.id().destination() + " min 0x" + Integer.toHexString(min) + " max 0x"
                + Integer.toHexString(max);
    }
}
