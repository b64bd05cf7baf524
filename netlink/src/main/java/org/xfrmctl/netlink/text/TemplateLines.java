package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.uapi.XfrmUserTmpl;
import org.xfrmctl.netlink.uapi.Xfrma;

/** The templates of a policy: what each asks for, and where that is not the default how strictly. */
final class TemplateLines {
    private final TextPage page;
    private final String prefix;

    TemplateLines(TextPage page, String prefix) {
        this.page = page;
        this.prefix = prefix;
    }

    /** Bytes at the end that are no whole template are passed over. */
    void print(FirstAttributes attributes) {
        int size = XfrmUserTmpl.CODEC.size();
        int end = attributes.end(Xfrma.TMPL);
        int count = attributes.length(Xfrma.TMPL) / size;
        if (count == 0) {
            page.put(prefix).put("(ERROR \"tmpl\" truncated)").newline();
        }
        for (int i = 0; i < count; i++) {
            print(attributes.message().struct(XfrmUserTmpl.CODEC, attributes.start(Xfrma.TMPL) + i * size, end));
        }
    }

    private void print(XfrmUserTmpl template) {
        IdLines.print(page, prefix, template);
        if (page.statistics() || template.optional() != 0) {
            level(template);
        }
        if (page.statistics()) {
            page.put(prefix).put('\t');
            masks(page, template.ealgos(), template.aalgos(), template.calgos());
            page.newline();
        }
    }

    private void level(XfrmUserTmpl template) {
        page.put(prefix).put("\tlevel ");
        switch (template.optional()) {
            case 0 -> page.put("required");
            case 1 -> page.put("use");
            default -> page.unsigned(template.optional());
        }
        page.put(' ');
        if (page.statistics()) {
            share(page, template.share()).put(' ');
        }
        page.newline();
    }

    /** The algorithms that are wanted, also of an acquire. */
    static void masks(TextPage page, int encryption, int authentication, int compression) {
        page.put("enc-mask ").hex(encryption, 8);
        page.put(" auth-mask ").hex(authentication, 8);
        page.put(" comp-mask ").hex(compression, 8);
    }

    /** {@code XFRM_SHARE_*}; the kernel stores it and does nothing with it. */
    static TextPage share(TextPage page, byte share) {
        page.put("share ");
        return switch (share) {
            case 0 -> page.put("any");
            case 1 -> page.put("session");
            case 2 -> page.put("user");
            case 3 -> page.put("unique");
            default -> page.unsigned(share);
        };
    }
}
