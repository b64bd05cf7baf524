package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.uapi.XfrmUserMapping;

/** That the peer's packets come from another address or port, as a NAT makes them (MAPPING). */
final class MappingLines {
    private MappingLines() {}

    /** Two lines, with real line breaks whatever the options say. What a message lacks is taken for zero. */
    static void print(TextPage page, MessageView message) {
        XfrmUserMapping mapping = message.body(XfrmUserMapping.CODEC);
        int family = Short.toUnsignedInt(mapping.id().family());
        page.put("Mapping change ").address(family, mapping.oldSaddr());
        page.put(':').unsigned(mapping.oldSport());
        page.put(" -> ").address(family, mapping.newSaddr());
        page.put(':').unsigned(mapping.newSport());
        page.put("\n\t");
        AsyncEventLines.state(page, mapping.id(), mapping.reqid());
        page.put('\n');
    }
}
