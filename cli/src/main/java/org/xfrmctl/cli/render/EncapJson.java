package org.xfrmctl.cli.render;

import java.util.Map;
import org.xfrmctl.model.Encap;

/** UDP or TCP around ESP: {@code {"type", "sport", "dport", "addr"}}. */
final class EncapJson {
    private EncapJson() {}

    static Map<String, Object> of(Encap encap) {
        return Json.object(
                "type", type(encap.type()),
                "sport", Json.unsigned(encap.sourcePort()),
                "dport", Json.unsigned(encap.destinationPort()),
                "addr", encap.original().toString());
    }

    private static String type(int number) {
        return switch (number) {
            case 1 -> "espinudp-nonike";
            case Encap.ESPINUDP -> "espinudp";
            case 7 -> "espintcp";
            default -> Integer.toUnsignedString(number);
        };
    }
}
