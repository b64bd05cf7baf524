package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Offload;

/** The device that does the cryptography: {@code {"ifindex", "dir", "mode", "flag"}}. */
final class OffloadJson {
    private static final List<String> FLAGS = List.of("ipv6", "inbound");

    private OffloadJson() {}

    /** A state's flags say its direction; a policy has one of its own. */
    static Map<String, Object> ofState(Offload offload) {
        String direction = (offload.flags() & Offload.INBOUND) != 0 ? "in" : "out";
        return of(offload, Optional.of(direction), offload.flags() & ~(Offload.PACKET | Offload.INBOUND));
    }

    static Map<String, Object> ofPolicy(Offload offload) {
        return of(offload, Optional.empty(), offload.flags() & ~Offload.PACKET);
    }

    private static Map<String, Object> of(Offload offload, Optional<String> direction, int rest) {
        return Json.object(
                "ifindex",
                Json.unsigned(offload.ifindex()),
                "dir",
                direction,
                "mode",
                (offload.flags() & Offload.PACKET) != 0 ? "packet" : "crypto",
                "flag",
                FlagJson.unlessNone(rest, FLAGS));
    }
}
