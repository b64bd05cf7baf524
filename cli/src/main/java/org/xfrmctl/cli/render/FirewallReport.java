package org.xfrmctl.cli.render;

import java.util.List;
import org.xfrmctl.cli.firewall.HeldTable;
import org.xfrmctl.cli.firewall.Installation;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.model.definition.ChildName;

/** What {@code xfrmctl firewall} has to tell. */
public sealed interface FirewallReport {
    /** The rules of children, which nobody has installed. */
    record Rules(List<ChildFirewall> children) implements FirewallReport {
        public Rules {
            children = List.copyOf(children);
        }
    }

    /**
     * What became of the rules of children.
     *
     * @param filters whether those that accept were among them
     */
    record Installed(boolean filters, List<Installation> children) implements FirewallReport {
        public Installed {
            children = List.copyOf(children);
        }
    }

    /** The children whose rules were there and are gone. */
    record Removed(List<ChildName> children) implements FirewallReport {
        public Removed {
            children = List.copyOf(children);
        }
    }

    /** What is installed. */
    record Status(boolean filters, List<HeldTable> tables) implements FirewallReport {
        public Status {
            tables = List.copyOf(tables);
        }
    }
}
