package org.xfrmctl.netlink.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.MessageText;
import org.xfrmctl.netlink.text.MonitorText;
import org.xfrmctl.netlink.text.MonitorText.Stamp;
import org.xfrmctl.netlink.text.TextOptions;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.text.TextOptions.Version;

/** Any message is printed, in the words of each release of iproute2: as whole lines, or with a word on why not. */
class TextFuzzTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T09:29:00.123456Z"));

    private final List<TextOptions> styles = styles();

    private static List<TextOptions> styles() {
        TextOptions plain = TextOptions.brief(ZoneOffset.UTC);
        List<TextOptions> all = new ArrayList<>();
        for (Version version : Version.values()) {
            for (Keys keys : Keys.values()) {
                TextOptions style = plain.withVersion(version).withKeys(keys);
                all.add(style);
                all.add(style.withStatistics(true));
                all.add(style.withStatistics(true).withOneline(true));
            }
        }
        return all;
    }

    @FuzzTest(maxDuration = "1m")
    void messages(byte[] bytes) {
        Datagram.each(bytes, message -> {
            for (TextOptions style : styles) {
                StringBuilder text = new StringBuilder();
                List<String> broken = new MessageText(style).print(message, text);
                assertWhole(message, broken, text);
            }
        });
    }

    @FuzzTest(maxDuration = "1m")
    void monitor(byte[] bytes) {
        Datagram.each(bytes, message -> {
            for (Stamp stamp : Stamp.values()) {
                for (TextOptions style : styles) {
                    MonitorText monitor = new MonitorText(style, CLOCK, stamp);
                    StringBuilder own = new StringBuilder();
                    assertWhole(message, monitor.print(message, own), own);
                    StringBuilder foreign = new StringBuilder();
                    List<String> broken = monitor.print(message, OptionalInt.of(message.flags()), foreign);
                    assertWhole(message, broken, foreign);
                    assertThat(foreign).contains("[nsid " + message.flags() + "]");
                }
            }
        });
    }

    private static void assertWhole(NetlinkMessage message, List<String> broken, CharSequence text) {
        if (broken.isEmpty() && !message.isControl()) {
            assertThat(text).endsWith("\n");
        }
    }
}
