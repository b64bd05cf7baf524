package org.xfrmctl.netlink.text;

import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.text.AttributeLines.Owner;
import org.xfrmctl.netlink.uapi.XfrmUserReport;

/** Packets that mobile IPv6 should look at (REPORT). */
final class ReportLines {
    private ReportLines() {}

    static void print(TextPage page, MessageView message) {
        if (!message.hasBody(page, XfrmUserReport.CODEC)) {
            return;
        }
        XfrmUserReport report = message.body(XfrmUserReport.CODEC);
        page.put("report proto ").put(new IpProtocol(Byte.toUnsignedInt(report.proto())).toString());
        page.put(' ').newline().put("  sel ");
        new SelectorLine(page, message).print(report.sel(), (short) 0);
        FirstAttributes attributes = FirstAttributes.behind(XfrmUserReport.CODEC, message, page);
        new AttributeLines(page, "  ", attributes, Owner.STATE)
                .print(report.sel().family());
        page.finish();
    }
}
