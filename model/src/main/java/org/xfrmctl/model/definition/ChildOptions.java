package org.xfrmctl.model.definition;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.definition.PolicyOptions.StartAction;

/** A child's options as the text that the reader takes; what has its default value is left out where that is clear. */
final class ChildOptions {
    private final Map<String, String> options = new LinkedHashMap<>();

    private ChildOptions() {}

    /** Keys to values, in the order in which people write them. */
    static Map<String, String> of(Child child) {
        ChildOptions options = new ChildOptions();
        options.transform(child);
        options.headers(child.headers());
        options.sizes(child.sizes());
        options.policy(child.policy());
        options.marks(child.policy().marks());
        options.lifetime(child.lifetime().limits());
        return options.options;
    }

    private void transform(Child child) {
        options.put("mode", child.traffic().mode().toString());
        options.put("ipcomp", flag(child.transform().ipcomp()));
        // Always written: the ends must agree even if a default changes one day.
        options.put("esp_proposals", child.transform().esp().name());
        options.put("replay_window", Integer.toString(child.transform().replayWindow()));
        put(
                child.transform().tfcPadding() != 0,
                "tfc_padding",
                child.transform().tfcPadding());
    }

    private void headers(HeaderOptions headers) {
        HeaderOptions usual = HeaderOptions.DEFAULT;
        put(headers.copyDf() != usual.copyDf(), "copy_df", lower(headers.copyDf()));
        put(headers.copyEcn() != usual.copyEcn(), "copy_ecn", flag(headers.copyEcn()));
        put(headers.copyDscp() != usual.copyDscp(), "copy_dscp", lower(headers.copyDscp()));
    }

    private void sizes(SizeOptions sizes) {
        put(sizes.mtu().isPresent(), "mtu", sizes.mtu().orElse(0));
        put(!sizes.mss().equals(SizeOptions.Mss.none()), "mss", sizes.mss());
    }

    private void policy(PolicyOptions policy) {
        options.put("level", lower(policy.level()));
        options.put("on_down", lower(policy.onDown()));
        put(policy.startAction() != StartAction.NONE, "start_action", lower(policy.startAction()));
        policy.priority().ifPresent(value -> options.put("priority", Integer.toUnsignedString(value)));
        policy.reqid().ifPresent(value -> options.put("reqid", value.toString()));
        put(policy.fwdOut(), "policies_fwd_out", "yes");
    }

    private void marks(Marks marks) {
        put(!marks.in().equals(Mark.NONE), "mark_in", marks.in());
        put(!marks.out().equals(Mark.NONE), "mark_out", marks.out());
        marks.setIn().ifPresent(mark -> options.put("set_mark_in", mark.toString()));
        marks.setOut().ifPresent(mark -> options.put("set_mark_out", mark.toString()));
        put(!marks.ifIdIn().equals(IfId.NONE), "if_id_in", marks.ifIdIn());
        put(!marks.ifIdOut().equals(IfId.NONE), "if_id_out", marks.ifIdOut());
    }

    private void lifetime(LifetimeLimits limits) {
        limit("time", limits.addSeconds(), 0);
        limit("bytes", limits.bytes(), LifetimeLimits.INFINITE);
        limit("packets", limits.packets(), LifetimeLimits.INFINITE);
    }

    private void limit(String unit, Limit limit, long never) {
        BiConsumer<String, Long> write =
                (key, value) -> put(value != never, key + "_" + unit, Long.toUnsignedString(value));
        write.accept("rekey", limit.soft());
        write.accept("life", limit.hard());
    }

    private void put(boolean worthIt, String key, Object value) {
        if (worthIt) {
            options.put(key, value.toString());
        }
    }

    private static String flag(boolean value) {
        return value ? "yes" : "no";
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
