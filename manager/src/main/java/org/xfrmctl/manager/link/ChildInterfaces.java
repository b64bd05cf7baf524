package org.xfrmctl.manager.link;

import java.util.List;
import java.util.function.Consumer;
import org.xfrmctl.model.definition.LogicalInterface;

/**
 * Interfaces around the coming up of the children that use them, so that nothing passes in clear meanwhile. An xfrm
 * interface drops what no policy protects, so it comes before; what GRE and IPIP interfaces send is an ordinary packet, so
 * they come when the policies are there.
 */
public final class ChildInterfaces {
    private ChildInterfaces() {}

    /**
     * If the children cannot come up, what was made before is removed again. What is in the way of any interface is found
     * before the first change.
     *
     * @param told each change that has been made
     */
    public static void around(
            List<LogicalInterface> interfaces, LinkTables tables, Runnable children, Consumer<LinkChange> told) {
        List<HeldLink> present = tables.list();
        List<LinkChange> before = LinkPlanner.up(ofXfrm(interfaces, true), present);
        List<LinkChange> after = LinkPlanner.up(ofXfrm(interfaces, false), present);
        LinkRun made = LinkRun.apply(before, tables);
        before.forEach(told);
        try {
            children.run();
        } catch (RuntimeException e) {
            made.undo().forEach(remains -> e.addSuppressed(new IllegalStateException("not undone: " + remains)));
            throw e;
        }
        LinkRun.apply(after, tables);
        after.forEach(told);
    }

    private static List<LogicalInterface> ofXfrm(List<LogicalInterface> interfaces, boolean xfrm) {
        return interfaces.stream()
                .filter(each -> each.kind() instanceof LogicalInterface.Kind.Xfrm == xfrm)
                .toList();
    }
}
