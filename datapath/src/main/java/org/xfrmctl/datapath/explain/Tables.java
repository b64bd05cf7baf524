package org.xfrmctl.datapath.explain;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.xfrmctl.datapath.engine.Restoration;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * What a kernel held at a moment, as its dumps have it: the newest first.
 *
 * @param time the moment: limits in seconds are reached or not
 */
public record Tables(List<XfrmState> states, List<XfrmPolicy> policies, DefaultPolicies defaults, Instant time) {
    public Tables {
        states = List.copyOf(states);
        policies = List.copyOf(policies);
    }

    /** A new namespace that holds them, whose time stands still. */
    XfrmNamespace open() {
        XfrmNamespace namespace = new XfrmNamespace(Clock.fixed(time, ZoneOffset.UTC), new Random(1));
        new Restoration(namespace).fill(states, policies, defaults);
        return namespace;
    }

    /** Whether a socket has policies of its own, as those of keying daemons have. */
    boolean hasSocketPolicies() {
        return policies.stream().anyMatch(policy -> policy.direction().isSocket());
    }
}
