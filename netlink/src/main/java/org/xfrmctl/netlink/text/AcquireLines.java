package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.uapi.XfrmUserAcquire;

/** What a kernel asks for that has a policy and no state (ACQUIRE). */
final class AcquireLines {
    private AcquireLines() {}

    /** Without statistics there is an empty line at the end. */
    static void print(TextPage page, MessageView message) {
        if (!message.hasBody(page, XfrmUserAcquire.CODEC)) {
            return;
        }
        FirstAttributes attributes = FirstAttributes.behind(XfrmUserAcquire.CODEC, message, page);
        XfrmUserAcquire acquire = message.body(XfrmUserAcquire.CODEC);
        page.put("acquire ");
        IdLines.protocol(page, acquire.id(), false);
        page.newline().put("  sel ");
        new SelectorLine(page, message)
                .print(acquire.sel(), acquire.policy().sel().family());
        page.put("  policy ");
        new PolicyLines(page, "    ", attributes).print(acquire.policy());
        if (page.statistics()) {
            // The digits are decimal, whatever the prefix says.
            page.put("  seq 0x").wideDecimal(acquire.seq()).put(' ');
            TemplateLines.masks(page, acquire.ealgos(), acquire.aalgos(), acquire.calgos());
        }
        page.newline().finish();
    }
}
