package org.xfrmctl.manager.status;

import java.util.List;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** Which states a template is about, by what the kernel looks at ({@code xfrm_state_find()}, {@code xfrm_state_ok()}). */
public final class TemplateStates {
    private TemplateStates() {}

    /** Of {@code policy}'s direction; {@code template} is one of its own. The kernel's IPIP companion stands for its IPComp state. */
    public static boolean leadsTo(XfrmPolicy policy, Template template, XfrmState state) {
        boolean named = state.isImplied()
                || (template.protocol().equals(state.id().protocol())
                        && template.mode().equals(state.mode())
                        && (template.reqid().equals(Reqid.NONE)
                                || template.reqid().equals(state.reqid()))
                        && (template.id().spi().equals(Spi.NONE)
                                || template.id().spi().equals(state.id().spi())));
        return named && policy.ifId().equals(state.ifId()) && isBetween(state, policy);
    }

    /** A tunnel's ends are those of what is around it, too; without a tunnel packets have their own. */
    private static boolean isBetween(XfrmState state, XfrmPolicy policy) {
        List<Template> tunnels = policy.templates().stream()
                .filter(template -> !template.mode().equals(Mode.TRANSPORT))
                .toList();
        return tunnels.isEmpty()
                ? policy.selector().source().contains(state.source())
                        && policy.selector().destination().contains(state.id().destination())
                : tunnels.stream()
                        .anyMatch(tunnel -> isOrAny(tunnel.source(), state.source())
                                && isOrAny(tunnel.destination(), state.id().destination()));
    }

    private static boolean isOrAny(IpAddress wanted, IpAddress has) {
        return wanted.isAny() || wanted.equals(has);
    }
}
