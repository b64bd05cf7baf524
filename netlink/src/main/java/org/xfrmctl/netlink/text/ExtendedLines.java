package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * Lines for attributes that no release of iproute2 up to 7.1 shows, each where the attribute is there:
 *
 * <pre>
 *     nat-keepalive-interval 20
 *     mapping-timer 60
 *     iptfs drop-time 1000000 reorder-window 3 dont-frag init-delay 0 max-qsize 10485760 pkt-size 0
 * </pre>
 *
 * <p>The first is in seconds ({@code XFRMA_NAT_KEEPALIVE_INTERVAL}), the second too ({@code XFRMA_MTIMER_THRESH}: the
 * least time between two mapping events). The third has the members of {@code XFRMA_IPTFS_*} that are there: a state has
 * those of its direction, {@code drop-time} and {@code reorder-window} inbound, the others outbound; times are in
 * microseconds, sizes in bytes.
 */
final class ExtendedLines {
    private final TextPage page;
    private final FirstAttributes attributes;

    private ExtendedLines(TextPage page, FirstAttributes attributes) {
        this.page = page;
        this.attributes = attributes;
    }

    static void print(TextPage page, String prefix, FirstAttributes attributes) {
        if (page.atLeast(Version.EXTENDED)) {
            new ExtendedLines(page, attributes).print(prefix);
        }
    }

    private void print(String prefix) {
        if (attributes.has(Xfrma.NAT_KEEPALIVE_INTERVAL)) {
            page.put(prefix).put("nat-keepalive-interval");
            number(Xfrma.NAT_KEEPALIVE_INTERVAL, Integer.BYTES);
            page.newline();
        }
        if (attributes.has(Xfrma.MTIMER_THRESH)) {
            page.put(prefix).put("mapping-timer");
            number(Xfrma.MTIMER_THRESH, Integer.BYTES);
            page.newline();
        }
        boolean iptfs = false;
        for (int type = Xfrma.IPTFS_DROP_TIME; type <= Xfrma.IPTFS_PKT_SIZE; type++) {
            iptfs |= attributes.has(type);
        }
        if (iptfs) {
            page.put(prefix).put("iptfs");
            iptfs();
            page.newline();
        }
    }

    private void iptfs() {
        word(" drop-time", Xfrma.IPTFS_DROP_TIME, Integer.BYTES);
        word(" reorder-window", Xfrma.IPTFS_REORDER_WINDOW, Short.BYTES);
        if (attributes.has(Xfrma.IPTFS_DONT_FRAG)) {
            page.put(" dont-frag");
        }
        word(" init-delay", Xfrma.IPTFS_INIT_DELAY, Integer.BYTES);
        word(" max-qsize", Xfrma.IPTFS_MAX_QSIZE, Integer.BYTES);
        word(" pkt-size", Xfrma.IPTFS_PKT_SIZE, Integer.BYTES);
    }

    private void word(String word, int type, int bytes) {
        if (attributes.has(type)) {
            page.put(word);
            number(type, bytes);
        }
    }

    private void number(int type, int bytes) {
        page.put(' ');
        if (attributes.length(type) < bytes) {
            page.put("(ERROR truncated)");
        } else if (bytes == Short.BYTES) {
            page.signed(attributes.u16(type));
        } else {
            page.unsigned(attributes.u32(type));
        }
    }
}
