package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.XfrmPolicy;

/**
 * A policy as JSON, with all that it says: {@code {"sel", "dir", "action", "index", "priority", …, "tmpl": […]}}. The
 * members are called as {@code ip -s xfrm policy} prints them, with {@code _} for {@code -}. docs/JSON.md describes each.
 */
public final class PolicyJson {
    private static final List<String> FLAGS = List.of("localok", "icmp", "cpu-acquire");

    private PolicyJson() {}

    /** A policy has no keys; of what is not interpreted, which might be one, only the length is shown. */
    public static Map<String, Object> of(XfrmPolicy policy) {
        return of(policy, false);
    }

    /** {@code showKeys} shows what is not interpreted too. */
    static Map<String, Object> of(XfrmPolicy policy, boolean showKeys) {
        return Json.join(
                Json.object(
                        "sel", SelectorJson.of(policy.selector()),
                        "dir", policy.direction().toString(),
                        "action", policy.action().toString(),
                        "index", Json.unsigned(policy.index()),
                        "priority", Json.unsigned(policy.priority()),
                        "ptype", policy.type().map(PolicyType::toString),
                        "share", TemplateJson.share(policy.share()),
                        "flag", FlagJson.of(policy.flags().bits(), FLAGS)),
                MarkJson.of(policy.mark(), policy.ifId()),
                Json.object(
                        "tmpl",
                        policy.templates().stream().map(TemplateJson::of).toList(),
                        "offload",
                        policy.offload().map(OffloadJson::ofPolicy),
                        "limit",
                        LifetimeJson.of(policy.limits())),
                LifetimeJson.of(policy.current()),
                Json.object(
                        "security_context", policy.label().map(LabelJson::of),
                        "other", OtherJson.of(policy.other(), showKeys)));
    }
}
