package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.netlink.xfrm.AsyncEvent;

/** Sequence numbers and use of one state, as far as an event tells them, in the words that a state has for them. */
final class AsyncEventJson {
    /** {@code XFRM_AE_*} by bit: what was asked for, then, from 16 on, why the event came. */
    private static final List<String> FLAGS = List.of(
            "replay-threshold",
            "replay-values",
            "lifetime-values",
            "timer-threshold",
            "replay-update",
            "timer-expired",
            "policy-updated");

    private AsyncEventJson() {}

    static Map<String, Object> of(AsyncEvent event, boolean showKeys) {
        AsyncEvent.Values values = event.values();
        return Json.join(
                StateJson.id(event.id(), event.source()),
                Json.object(
                        "reqid", Json.unsigned(event.reqid().bits()),
                        "flag", FlagJson.of(event.flags(), FLAGS)),
                MarkJson.of(event.mark(), values.ifId()),
                Json.object(
                        "replay_window", values.replay().flatMap(AsyncEventJson::window),
                        "replay", values.replay().map(ReplayJson::of)),
                values.current().map(LifetimeJson::of).orElseGet(Json::object),
                Json.object(
                        "replay_threshold", Json.unsigned(values.thresholds().packets()),
                        "timer_threshold", Json.unsigned(values.thresholds().timer()),
                        "mapping_timer", Json.unsigned(values.thresholds().mapping()),
                        "dir", values.placement().direction().map(SaDirection::toString),
                        "pcpu_num", Json.unsigned(values.placement().cpu()),
                        "other", OtherJson.of(values.other(), showKeys)));
    }

    /** Events tell the window with extended numbers only; 0 otherwise is "not told". */
    private static Optional<Long> window(ReplayState replay) {
        return replay instanceof ReplayState.Extended
                ? Optional.of(Json.unsigned(replay.window()))
                : Json.unlessZero(replay.window());
    }
}
