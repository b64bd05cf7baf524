package org.xfrmctl.cli.metrics;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.definition.ChildName;

/**
 * What was read for one scrape.
 *
 * @param desired what is defined; nothing for a daemon, to which all states are foreign
 * @param wantedUp the children that are to be up; empty if that is not known
 * @param statistics the counters of xfrm_stat by the kernel's names, with those that this program does not know
 * @param own the host's addresses, as far as they are known
 */
public record KernelView(
        Snapshot snapshot,
        DesiredState desired,
        Optional<Set<ChildName>> wantedUp,
        Map<String, Long> statistics,
        Set<IpAddress> own) {}
