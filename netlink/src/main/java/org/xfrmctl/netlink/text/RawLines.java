package org.xfrmctl.netlink.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.netlink.text.TextOptions.Version;

/**
 * Lines for attributes that the model carries unread. Attributes that are too short for their kind, and those that no
 * release of iproute2 prints, leave no line.
 */
final class RawLines {
    private static final int SEC_CTX = 8;
    private static final int OFFLOAD_DEV = 28;
    private static final int SA_DIR = 33;
    private static final int SA_PCPU = 35;
    private static final int OFFLOAD_INBOUND = 2;
    private static final int OFFLOAD_PACKET = 4;

    private final TextPage page;
    private final List<RawAttribute> attributes;

    RawLines(TextPage page, List<RawAttribute> attributes) {
        this.page = page;
        this.attributes = attributes;
    }

    /** {@code struct xfrm_user_offload}: interface index, flags. */
    void offload(boolean ofState) {
        find(OFFLOAD_DEV, 5).ifPresent(payload -> {
            int flags = payload.get(4);
            boolean modern = page.options().version() == Version.V7_1;
            page.put("\tcrypto offload parameters: dev ")
                    .put(page.options().interfaceName().apply(payload.getInt(0)));
            if (ofState || !modern) {
                page.put(" dir ").put((flags & OFFLOAD_INBOUND) != 0 ? "in" : "out");
            }
            if (modern) {
                page.put(" mode ").put((flags & OFFLOAD_PACKET) != 0 ? "packet" : "crypto");
            }
            page.newline();
        });
    }

    /** The direction and CPU of a state, which iproute2 6.1 does not know. */
    void direction() {
        if (page.options().version() != Version.V7_1) {
            return;
        }
        find(SA_DIR, 1).ifPresent(payload -> {
            int direction = payload.get(0);
            page.put("\tdir ").put(direction == 1 ? "in" : direction == 2 ? "out" : "other (" + direction + ")");
            page.newline();
        });
        find(SA_PCPU, 4)
                .ifPresent(payload ->
                        page.put("\tpcpu-num ").unsigned(payload.getInt(0)).newline());
    }

    /** {@code struct xfrm_user_sec_ctx}: 8 bytes of head, the last two of them the length, then the label. */
    void securityContext() {
        find(SEC_CTX, 8).ifPresent(payload -> {
            int length = Math.min(Short.toUnsignedInt(payload.getShort(6)), payload.remaining() - 8);
            String label =
                    StandardCharsets.ISO_8859_1.decode(payload.slice(8, length)).toString();
            int end = label.indexOf('\0');
            page.put("\tsecurity context ")
                    .put(end < 0 ? label : label.substring(0, end))
                    .put(" ")
                    .newline();
        });
    }

    private Optional<ByteBuffer> find(int type, int shortest) {
        return attributes.stream()
                .filter(attribute ->
                        attribute.type() == type && attribute.payload().length() >= shortest)
                .findFirst()
                .map(attribute -> ByteBuffer.wrap(attribute.payload().toArray()).order(ByteOrder.nativeOrder()));
    }
}
