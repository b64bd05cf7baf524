package org.xfrmctl.manager.compile;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.Marks;
import org.xfrmctl.model.definition.PolicyOptions.LevelChoice;

/** A child's policies: per pair in, fwd (in tunnel mode) and out. */
final class PolicyCompiler {
    private final Child child;
    private final Reqid reqid;

    PolicyCompiler(Child child, Reqid reqid) {
        this.child = child;
        this.reqid = reqid;
    }

    List<XfrmPolicy> compile(List<TrafficPair> pairs) {
        List<XfrmPolicy> policies = new ArrayList<>();
        for (TrafficPair pair : pairs) {
            policies.add(protect(pair.inbound(), Direction.IN));
            // What a transport state carries is for this host by definition and never forwarded.
            if (child.traffic().mode().equals(Mode.TUNNEL)) {
                policies.add(protect(pair.inbound(), Direction.FWD));
            }
            policies.add(protect(pair.outbound(), Direction.OUT));
            if (child.policy().fwdOut()) {
                policies.add(forwardOut(pair.outbound()));
            }
        }
        return policies;
    }

    private XfrmPolicy protect(Selector selector, Direction direction) {
        return base(selector, direction, direction == Direction.OUT)
                .priority(child.policy().priority().orElseGet(() -> PolicyPriority.of(selector)))
                .templates(templates(direction))
                .build();
    }

    /** Lets packets through that are on their way to the outbound policy, past a wider forward policy that would not. */
    private XfrmPolicy forwardOut(Selector selector) {
        return base(selector, Direction.FWD, true)
                .priority(child.policy().priority().orElseGet(() -> PolicyPriority.withoutTemplates(selector)))
                .build();
    }

    private XfrmPolicy.Builder base(Selector selector, Direction direction, boolean outward) {
        Marks marks = child.policy().marks();
        return XfrmPolicy.builder(selector, direction)
                .mark((outward ? marks.out() : marks.in()).masked())
                .ifId(outward ? marks.ifIdOut() : marks.ifIdIn());
    }

    /** Innermost first: the first template is the child's mode, what lies outside it is transport on the outer packet. */
    private List<Template> templates(Direction direction) {
        List<Template> templates = new ArrayList<>();
        if (child.transform().ipcomp()) {
            templates.add(template(IpProtocol.COMP, direction, child.traffic().mode()));
            templates.add(template(IpProtocol.ESP, direction, Mode.TRANSPORT));
        } else {
            templates.add(template(IpProtocol.ESP, direction, child.traffic().mode()));
        }
        return templates;
    }

    private Template template(IpProtocol protocol, Direction direction, Mode mode) {
        IpAddress local = child.endpoints().local();
        IpAddress remote = child.endpoints().remote();
        Level level = level(protocol, direction);
        if (mode.equals(Mode.TRANSPORT)) {
            return Template.transport(local.family(), protocol, reqid, level);
        }
        return direction == Direction.OUT
                ? Template.tunnel(local, remote, protocol, reqid, level)
                : Template.tunnel(remote, local, protocol, reqid, level);
    }

    /**
     * Small packets arrive without IPComp, so its template cannot be required inbound; with ESP still required, clear text
     * is refused ({@code net/xfrm/xfrm_policy.c, xfrm_policy_ok()}). Outbound the kernel refuses an optional tunnel, and an
     * optional transport would send clear text.
     */
    private Level level(IpProtocol protocol, Direction direction) {
        LevelChoice choice = child.policy().level();
        boolean optional = direction != Direction.OUT
                && (choice == LevelChoice.USE || (choice == LevelChoice.AUTO && protocol.equals(IpProtocol.COMP)));
        return optional ? Level.USE : Level.REQUIRED;
    }
}
