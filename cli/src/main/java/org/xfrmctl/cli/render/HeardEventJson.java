package org.xfrmctl.cli.render;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** A line of {@code monitor --json}: what happened, when and where it was heard, and who caused it. */
public final class HeardEventJson {
    private HeardEventJson() {}

    /**
     * What stands around an event.
     *
     * @param time when it was printed, if that is asked for
     * @param namespace the id of the network namespace, if it is not the monitor's own
     * @param sequence of the request that caused it; 0 if the kernel acted by itself
     * @param portId of the same
     */
    public record Circumstances(Optional<Instant> time, OptionalInt namespace, int sequence, int portId) {}

    public static Map<String, Object> of(XfrmEvent event, Circumstances circumstances, boolean showKeys) {
        Map<String, Object> said = EventJson.of(event, showKeys);
        Object word = Objects.requireNonNull(said.remove("event"));
        boolean asked = (circumstances.sequence | circumstances.portId) != 0;
        return Json.join(
                Json.object(
                        "event",
                        word,
                        "time",
                        circumstances.time.map(Instant::toString),
                        "nsid",
                        Json.unsigned(circumstances.namespace),
                        "request",
                        asked
                                ? Optional.of(Json.object(
                                        "seq", Json.unsigned(circumstances.sequence),
                                        "pid", Json.unsigned(circumstances.portId)))
                                : Optional.empty()),
                said);
    }

    /** Events that are not told. */
    public static Map<String, Object> lost(Optional<Instant> time) {
        return Json.object("event", "lost", "time", time.map(Instant::toString));
    }
}
