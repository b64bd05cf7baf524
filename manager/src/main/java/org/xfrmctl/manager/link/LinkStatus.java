package org.xfrmctl.manager.link;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.manager.plan.PlanConflictException;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.definition.LogicalInterface;

/**
 * How an interface stands in a kernel.
 *
 * @param wanted empty if it is not defined any more
 * @param held empty if it is not there
 * @param notes what differs, or is in the way, as changes where they could be made; and addresses that others gave
 */
public record LinkStatus(
        String name,
        Condition condition,
        Optional<LogicalInterface> wanted,
        Optional<HeldLink> held,
        List<String> notes) {
    /** From best to worst. */
    public enum Condition {
        /** There, as it is defined. */
        UP,
        /** Not there. */
        DOWN,
        /** There, and "interface up" would change it. */
        DIFFERS,
        /** There, ours, and not defined any more. */
        UNDEFINED,
        /** Something is in the way that "interface up" refuses to touch. */
        REFUSED
    }

    /** Addresses that IPv6 gives a link by itself. */
    private static final IpPrefix LINK_LOCAL = IpPrefix.parse("fe80::/10");

    public LinkStatus {
        notes = List.copyOf(notes);
    }

    /** Those of the link, without those that IPv6 gives it by itself. */
    public List<IpPrefix> addresses() {
        return held.stream()
                .flatMap(link -> link.addresses().stream())
                .map(HeldAddress::prefix)
                .filter(each -> !LINK_LOCAL.contains(each.address())
                        || wanted.stream().anyMatch(it -> it.addresses().contains(each)))
                .toList();
    }

    /** Those that are wanted, in their order, then those of ours that nobody wants any more. */
    public static List<LinkStatus> of(List<LogicalInterface> wanted, List<HeldLink> present) {
        List<LinkStatus> all = new ArrayList<>();
        wanted.forEach(each -> all.add(of(each, wanted, present)));
        present.stream()
                .filter(HeldLink::isOurs)
                .filter(link -> wanted.stream().noneMatch(each -> each.name().equals(link.name())))
                .forEach(link -> all.add(new LinkStatus(
                        link.name(),
                        Condition.UNDEFINED,
                        Optional.empty(),
                        Optional.of(link),
                        List.of("\"xfrmctl interface down " + link.name() + "\" removes it"))));
        return all;
    }

    private static List<String> foreign(HeldLink link, LogicalInterface wanted) {
        return link.addresses().stream()
                .filter(each -> !each.isOurs())
                .map(HeldAddress::prefix)
                .filter(each -> !LINK_LOCAL.contains(each.address())
                        && !wanted.addresses().contains(each))
                .map(each -> "address " + each + " is not known to be of xfrmctl, and stays")
                .toList();
    }

    private static LinkStatus of(LogicalInterface wanted, List<LogicalInterface> defined, List<HeldLink> present) {
        Optional<HeldLink> held = present.stream()
                .filter(link -> link.name().equals(wanted.name()))
                .findFirst();
        try {
            List<String> changes = LinkPlanner.up(List.of(wanted), defined, present).stream()
                    .map(LinkChange::toString)
                    .toList();
            Condition condition =
                    held.isEmpty() ? Condition.DOWN : changes.isEmpty() ? Condition.UP : Condition.DIFFERS;
            List<String> notes = new ArrayList<>(held.isEmpty() ? List.of() : changes);
            held.ifPresent(link -> notes.addAll(foreign(link, wanted)));
            return new LinkStatus(wanted.name(), condition, Optional.of(wanted), held, notes);
        } catch (PlanConflictException e) {
            return new LinkStatus(wanted.name(), Condition.REFUSED, Optional.of(wanted), held, e.conflicts());
        }
    }
}
