package org.xfrmctl.cli.firewall;

import java.util.List;
import org.xfrmctl.manager.firewall.ChildFirewall;
import org.xfrmctl.model.definition.ChildName;

/** The rules that a kernel holds of ours, a table for each child; others' tables are never touched. */
public interface FirewallTables {
    /**
     * Puts these in place of what there is of these children: all of it, or nothing if it is refused. A child without rules is
     * left with nothing.
     */
    void install(List<ChildFirewall> children);

    /** Removes the tables of these children; that there is none is no error. */
    void remove(List<ChildName> children);

    /** What there is, by the names of children. */
    List<HeldTable> list();

    /** The children that have something. */
    List<ChildName> names();

    /** Whether there are rules that accept: a host without a filter lets everything pass. */
    boolean hasFilter();
}
