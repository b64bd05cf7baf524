package org.xfrmctl.datapath.kernel;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmId;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserAcquire;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.TemplateMapping;

/**
 * A client that asks the key managers for states, as if a packet had met the policy that it sends along
 * ({@code xfrm_add_acquire()}). Nothing is stored, and nobody hears whether a key manager was there.
 */
final class AcquireRequests {
    private final XfrmNamespace namespace;
    private final Multicast multicast;

    AcquireRequests(XfrmNamespace namespace, Multicast multicast) {
        this.namespace = namespace;
        this.multicast = multicast;
    }

    /** One event for each template; the masks of the request replace those of the templates that have had theirs. */
    void ask(Request request) {
        XfrmUserAcquire wanted = request.body(XfrmUserAcquire.CODEC);
        PolicyChecks.check(wanted.policy(), request.attributes());
        XfrmPolicy policy = PolicyRequests.stored(wanted.policy(), request.attributes()).toBuilder()
                .current(LifetimeCurrent.NONE)
                .build();
        Template.AlgorithmMasks masks = new Template.AlgorithmMasks(wanted.aalgos(), wanted.ealgos(), wanted.calgos());
        List<Template> templates = new ArrayList<>(policy.templates());
        for (int i = 0; i < templates.size(); i++) {
            templates.set(i, with(masks, templates.get(i)));
            XfrmPolicy asking = policy.toBuilder().templates(templates).build();
            XfrmId id = TemplateMapping.toWire(templates.get(i)).id();
            int number = namespace.states().nextAcquire();
            multicast.send(
                    XfrmGroup.ACQUIRE,
                    request.anonymous(XfrmMsg.ACQUIRE, out -> write(wanted, id, asking, number, out)));
        }
    }

    private static Template with(Template.AlgorithmMasks masks, Template template) {
        return new Template(
                template.id(),
                template.source(),
                template.reqid(),
                template.mode(),
                template.level(),
                masks,
                template.share());
    }

    private static void write(XfrmUserAcquire wanted, XfrmId id, XfrmPolicy policy, int number, MessageWriter out) {
        out.body(
                XfrmUserAcquire.CODEC,
                new XfrmUserAcquire(
                        id,
                        wanted.saddr(),
                        wanted.sel(),
                        outbound(PolicyCodec.info(policy)),
                        wanted.aalgos(),
                        wanted.ealgos(),
                        wanted.calgos(),
                        number));
        PolicyCodec.encodeAttributes(policy, out);
    }

    private static XfrmUserpolicyInfo outbound(XfrmUserpolicyInfo info) {
        return new XfrmUserpolicyInfo(
                info.sel(),
                info.lft(),
                info.curlft(),
                info.priority(),
                info.index(),
                (byte) Direction.OUT.number(),
                info.action(),
                info.flags(),
                info.share());
    }
}
