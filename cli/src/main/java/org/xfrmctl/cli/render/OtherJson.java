package org.xfrmctl.cli.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * What this program does not interpret: {@code {"type", "name", "length", "content"}}. Nobody knows whether the content
 * is secret, so it is shown where keys are.
 */
final class OtherJson {
    private OtherJson() {}

    /** Nothing if there is none. */
    static Optional<List<Map<String, Object>>> of(List<RawAttribute> attributes, boolean showKeys) {
        return attributes.isEmpty()
                ? Optional.empty()
                : Optional.of(attributes.stream()
                        .map(attribute -> of(attribute, showKeys))
                        .toList());
    }

    private static Map<String, Object> of(RawAttribute attribute, boolean showKeys) {
        boolean trailing = attribute.isTrailing();
        return Json.join(
                Json.object(
                        "type", trailing ? Optional.empty() : Optional.of(Json.unsigned(attribute.type())),
                        "name", trailing ? Optional.of("trailing") : name(attribute.number())),
                content(attribute.payload(), showKeys));
    }

    private static Optional<String> name(int type) {
        return Xfrma.TABLE.payload(type).map(known -> Xfrma.name(type));
    }

    /** The members {@code length}, in bytes, and, if keys are shown, {@code content}. */
    static Map<String, Object> content(Bytes content, boolean showKeys) {
        return Json.object(
                "length",
                content.length(),
                "content",
                showKeys && content.length() > 0 ? Optional.of("0x" + content) : Optional.empty());
    }
}
