package org.xfrmctl.netlink.text;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.XfrmPolicy;

/** Prints a policy as {@code ip xfrm policy} does. */
public final class PolicyText {
    private static final List<String> FLAGS = List.of("localok", "icmp");

    private PolicyText() {}

    /** All lines of one policy, ending with a line break. Unlike a state's, its lifetimes come before its templates. */
    public static String print(XfrmPolicy policy, TextOptions options) {
        TextPage page = new TextPage(options);
        RawLines raw = new RawLines(page, policy.other());
        SelectorLine.print(page, policy.selector(), policy.selector().family());
        raw.securityContext();
        printHead(page, policy);
        if (page.statistics()) {
            LifetimeLines.print(page, policy.limits(), policy.current());
        }
        MarkLines.print(page, policy.mark(), Optional.empty());
        policy.templates().forEach(template -> TemplateLines.print(page, template));
        raw.offload(false);
        StateText.printIfId(page, policy.ifId());
        return page.finish();
    }

    private static void printHead(TextPage page, XfrmPolicy policy) {
        page.put("\t").put(direction(policy.direction())).put(" ");
        if (page.statistics() || policy.action() != PolicyAction.ALLOW) {
            page.put("action ").put(policy.action()).put(" ");
        }
        if (page.statistics()) {
            page.put("index ").unsigned(policy.index()).put(" ");
        }
        page.put("priority ").unsigned(policy.priority()).put(" ");
        policy.type().ifPresent(type -> page.put("ptype ").put(type).put(" "));
        if (page.statistics()) {
            page.put("share ").put(TemplateLines.share(policy.share())).put(" ");
        }
        if (page.statistics() || policy.flags().bits() != 0) {
            page.put("flag ").put(FlagWords.of(policy.flags().bits(), FLAGS));
        }
        if (page.statistics()) {
            page.put(FlagWords.digits(policy.flags().bits()));
        }
        page.newline();
    }

    private static String direction(Direction direction) {
        return direction.isSocket() ? direction.toString() : "dir " + direction;
    }
}
