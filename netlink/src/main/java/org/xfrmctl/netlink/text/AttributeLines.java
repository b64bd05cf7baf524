package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.AddressAttribute;
import org.xfrmctl.netlink.uapi.XfrmEncapTmpl;
import org.xfrmctl.netlink.uapi.XfrmUserOffload;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * The attributes that states, policies and reports have in common, in the order of {@code ip}. Some that are too short
 * end the list, others are read as if they were not.
 */
final class AttributeLines {
    /** Whose attributes they are; those of a report are printed as a state's. */
    enum Owner {
        STATE,
        POLICY
    }

    private static final int OFFLOAD_INBOUND = 2;
    private static final int OFFLOAD_PACKET = 4;

    private final TextPage page;
    private final String prefix;
    private final FirstAttributes attributes;
    private final Owner owner;

    AttributeLines(TextPage page, String prefix, FirstAttributes attributes, Owner owner) {
        this.page = page;
        this.prefix = prefix;
        this.attributes = attributes;
        this.owner = owner;
    }

    /** {@code family} reads the addresses. */
    void print(short family) {
        MarkLines.print(page, attributes);
        new AlgorithmLines(page, prefix, attributes).print();
        int number = Short.toUnsignedInt(family);
        if (!encap(number)) {
            return;
        }
        if (attributes.has(Xfrma.TMPL)) {
            new TemplateLines(page, prefix).print(attributes);
        }
        if (careOf(number) && lastUsed() && new ReplayLines(page, prefix, attributes).print() && offload()) {
            numbers();
            ExtendedLines.print(page, prefix, attributes);
        }
    }

    private boolean encap(int family) {
        if (!attributes.has(Xfrma.ENCAP)) {
            return true;
        }
        page.put(prefix).put("encap ");
        if (attributes.length(Xfrma.ENCAP) < XfrmEncapTmpl.CODEC.size()) {
            page.truncated();
            return false;
        }
        XfrmEncapTmpl encap = attributes.struct(Xfrma.ENCAP, XfrmEncapTmpl.CODEC);
        page.put("type ");
        switch (encap.encapType()) {
            case 1 -> page.put("espinudp-nonike");
            case 2 -> page.put("espinudp");
            case 7 -> page.put("espintcp");
            default -> page.unsigned(encap.encapType());
        }
        page.put(" sport ").unsigned(encap.encapSport());
        page.put(" dport ").unsigned(encap.encapDport());
        page.put(" addr ").address(family, encap.encapOa()).newline();
        return true;
    }

    private boolean careOf(int family) {
        if (!attributes.has(Xfrma.COADDR)) {
            return true;
        }
        page.put(prefix).put("coa ");
        if (attributes.length(Xfrma.COADDR) < AddressAttribute.CODEC.size()) {
            page.truncated();
            return false;
        }
        page.address(
                        family,
                        attributes.struct(Xfrma.COADDR, AddressAttribute.CODEC).address())
                .newline();
        return true;
    }

    private boolean lastUsed() {
        if (!attributes.has(Xfrma.LASTUSED)) {
            return true;
        }
        page.put(prefix).put("lastused ");
        if (attributes.length(Xfrma.LASTUSED) < Long.BYTES) {
            page.truncated();
            return false;
        }
        page.date(attributes.u64(Xfrma.LASTUSED)).newline();
        return true;
    }

    private boolean offload() {
        if (!attributes.has(Xfrma.OFFLOAD_DEV)) {
            return true;
        }
        page.put(prefix).put("crypto offload parameters: ");
        if (attributes.length(Xfrma.OFFLOAD_DEV) < XfrmUserOffload.CODEC.size()) {
            page.truncated();
            return false;
        }
        XfrmUserOffload offload = attributes.struct(Xfrma.OFFLOAD_DEV, XfrmUserOffload.CODEC);
        page.put("dev ").interfaceName(offload.ifindex());
        if (owner != Owner.POLICY || !page.atLeast(Version.V6_2)) {
            page.put(" dir ").put((offload.flags() & OFFLOAD_INBOUND) != 0 ? "in" : "out");
        }
        if (page.atLeast(Version.V6_2)) {
            page.put(" mode ").put((offload.flags() & OFFLOAD_PACKET) != 0 ? "packet" : "crypto");
        }
        page.newline();
        return true;
    }

    /** The last two lines begin with a tab whatever stands before the others. */
    private void numbers() {
        if (attributes.has(Xfrma.IF_ID)) {
            page.put(prefix)
                    .put("if_id ")
                    .alternateHex(attributes.u32(Xfrma.IF_ID))
                    .newline();
        }
        if (attributes.has(Xfrma.TFCPAD)) {
            page.put(prefix)
                    .put("tfcpad ")
                    .unsigned(attributes.u32(Xfrma.TFCPAD))
                    .newline();
        }
        if (attributes.has(Xfrma.SA_DIR) && page.atLeast(Version.V6_11)) {
            page.put("\tdir ");
            int direction = attributes.u8(Xfrma.SA_DIR);
            switch (direction) {
                case 1 -> page.put("in");
                case 2 -> page.put("out");
                default -> page.put("other (").signed(direction).put(')');
            }
            page.newline();
        }
        if (attributes.has(Xfrma.SA_PCPU) && page.atLeast(Version.V6_19)) {
            page.put("\tpcpu-num ").unsigned(attributes.u32(Xfrma.SA_PCPU)).newline();
        }
    }
}
