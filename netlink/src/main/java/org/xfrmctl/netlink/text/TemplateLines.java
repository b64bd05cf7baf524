package org.xfrmctl.netlink.text;

import java.util.List;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Template;

/** A policy's template: what it asks for, and where that is not the default how strictly. */
final class TemplateLines {
    private TemplateLines() {}

    static void print(TextPage page, Template template) {
        page.put("\ttmpl ");
        IdLines.print(
                page,
                "\t",
                template.source(),
                template.id(),
                new IdLines.Numbers(template.reqid(), template.mode(), false));
        if (page.statistics() || !template.level().equals(Level.REQUIRED)) {
            page.put("\t\tlevel ").put(template.level()).put(" ");
            if (page.statistics()) {
                page.put("share ").put(share(template.share())).put(" ");
            }
            page.newline();
        }
        if (page.statistics()) {
            page.put("\t\tenc-mask ").wideHex(template.masks().encryption());
            page.put(" auth-mask ").wideHex(template.masks().authentication());
            page.put(" comp-mask ").wideHex(template.masks().compression()).newline();
        }
    }

    /** {@code XFRM_SHARE_*}; the kernel stores it and does nothing with it. */
    static String share(int share) {
        List<String> names = List.of("any", "session", "user", "unique");
        return share >= 0 && share < names.size() ? names.get(share) : Integer.toString(share);
    }
}
