package org.xfrmctl.manager.link;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.definition.LogicalInterface;
import org.xfrmctl.netlink.NetlinkException;

/**
 * Interfaces around the coming up of the children that use them, so that nothing passes in clear meanwhile. An xfrm
 * interface drops what no policy protects, so it comes before; what GRE and IPIP interfaces send is an ordinary packet, so
 * they come when the policies are there.
 */
public final class ChildInterfaces {
    private ChildInterfaces() {}

    /**
     * If nothing comes up, what was made before is removed again: where something is left of the children, its packets need
     * the routes. What is in the way of any interface is found before the first change, and nothing is taken away before the
     * last.
     *
     * @param defined all interfaces
     * @param kernel the states and policies at the time of asking
     * @param told each change that has been made
     */
    public static void around(
            List<LogicalInterface> interfaces,
            List<LogicalInterface> defined,
            LinkTables tables,
            Supplier<Snapshot> kernel,
            Runnable children,
            Consumer<LinkChange> told) {
        List<HeldLink> present = tables.list();
        List<LinkChange> ofXfrm = LinkPlanner.up(ofXfrm(interfaces, true), defined, present);
        List<LinkChange> before =
                ofXfrm.stream().filter(change -> !change.takesAway()).toList();
        List<LinkChange> after = Stream.concat(
                        LinkPlanner.up(ofXfrm(interfaces, false), defined, present).stream(),
                        ofXfrm.stream().filter(LinkChange::takesAway))
                .sorted(Comparator.comparing(LinkChange::takesAway))
                .toList();
        LinkRun made = LinkRun.apply(before, tables);
        before.forEach(told);
        try {
            children.run();
        } catch (RuntimeException e) {
            if (isNothingLeft(interfaces, kernel)) {
                made.undo().forEach(remains -> e.addSuppressed(new IllegalStateException("not undone: " + remains)));
            }
            throw e;
        }
        try {
            LinkRun.apply(after, tables);
        } catch (LinkRunException e) {
            throw e.withChildrenUp();
        }
        after.forEach(told);
    }

    /** Who cannot know leaves the interfaces: without policies they send nothing. */
    private static boolean isNothingLeft(List<LogicalInterface> interfaces, Supplier<Snapshot> kernel) {
        try {
            Snapshot snapshot = kernel.get();
            return interfaces.stream()
                    .allMatch(each ->
                            LinkUse.of(each.name(), each.kind(), snapshot).isEmpty());
        } catch (NetlinkException e) {
            return false;
        }
    }

    private static List<LogicalInterface> ofXfrm(List<LogicalInterface> interfaces, boolean xfrm) {
        return interfaces.stream()
                .filter(each -> each.kind() instanceof LogicalInterface.Kind.Xfrm == xfrm)
                .toList();
    }
}
