package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.xfrmctl.manager.link.HeldLink;
import org.xfrmctl.manager.link.LinkStatus;
import org.xfrmctl.model.IpPrefix;

/** How interfaces stand, for people. */
public final class InterfacesText {
    private InterfacesText() {}

    public static String print(List<LinkStatus> all) {
        return all.stream().map(InterfacesText::print).collect(Collectors.joining());
    }

    private static String print(LinkStatus status) {
        StringBuilder text = new StringBuilder(status.name() + ": " + status.condition());
        Optional<HeldLink> held = status.held();
        text.append(held.map(link -> ", " + link.description() + ", mtu " + link.mtu())
                .orElseGet(() ->
                        status.wanted().map(wanted -> ", " + wanted.kind()).orElse("")));
        text.append('\n');
        held.ifPresent(link -> {
            line("addresses", status.addresses(), text);
            line("routes", link.routes(), text);
        });
        status.notes().forEach(note -> text.append("  ").append(note).append('\n'));
        return text.toString();
    }

    private static void line(String what, List<IpPrefix> prefixes, StringBuilder text) {
        if (!prefixes.isEmpty()) {
            text.append("  ").append(what);
            prefixes.forEach(prefix -> text.append(' ').append(prefix));
            text.append('\n');
        }
    }
}
