package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.uapi.XfrmMark;
import org.xfrmctl.netlink.uapi.Xfrma;

/** The mark of a state or policy, with the output mark of a state behind it on the same line. */
final class MarkLines {
    private MarkLines() {}

    /** The line begins with a tab whatever stands before the others. A mask without its output mark is not printed. */
    static void print(TextPage page, FirstAttributes attributes) {
        boolean marked = attributes.has(Xfrma.MARK);
        boolean marks = attributes.has(Xfrma.SET_MARK);
        if (!marked && !marks) {
            return;
        }
        page.put('\t');
        if (marked) {
            XfrmMark mark = attributes.struct(Xfrma.MARK, XfrmMark.CODEC);
            page.put("mark ")
                    .alternateHex(mark.v())
                    .put('/')
                    .alternateHex(mark.m())
                    .put(' ');
        }
        if (marks) {
            page.put("output-mark ").prefixedHex(attributes.u32(Xfrma.SET_MARK));
            if (attributes.has(Xfrma.SET_MARK_MASK)) {
                page.put('/').prefixedHex(attributes.u32(Xfrma.SET_MARK_MASK));
            }
        }
        page.newline();
    }
}
