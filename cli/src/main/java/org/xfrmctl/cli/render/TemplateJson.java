package org.xfrmctl.cli.render;

import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Template;

/** A template of a policy: {@code {"src", "dst", "proto", "spi", "reqid", "mode", "level", …}}. */
final class TemplateJson {
    private TemplateJson() {}

    static Map<String, Object> of(Template template) {
        return Json.join(
                Json.object(
                        "src", template.source().toString(),
                        "dst", template.destination().toString(),
                        "proto", template.protocol().toString(),
                        "spi",
                                template.id().spi().bits() == 0
                                        ? Optional.empty()
                                        : Optional.of(template.id().spi().toString()),
                        "reqid", Json.unsigned(template.reqid().bits()),
                        "mode", template.mode().toString(),
                        "level", template.level().toString(),
                        "share", share(template.share())),
                of(template.masks()));
    }

    /** The members of an acquire too; a mask that accepts every algorithm is left out. */
    static Map<String, Object> of(Template.AlgorithmMasks masks) {
        return Json.object(
                "enc_mask", mask(masks.encryption()),
                "auth_mask", mask(masks.authentication()),
                "comp_mask", mask(masks.compression()));
    }

    private static Optional<String> mask(int bits) {
        return bits == -1 ? Optional.empty() : Optional.of(Json.hex(bits));
    }

    /** {@code XFRM_SHARE_*}, which the kernel stores and does not use; any, the usual one, is left out. */
    static Optional<String> share(int number) {
        return switch (number) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("session");
            case 2 -> Optional.of("user");
            case 3 -> Optional.of("unique");
            default -> Optional.of(Integer.toUnsignedString(number));
        };
    }
}
