package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.MonitorText.Stamp;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmMsg;

class MonitorTextTest {
    private static final String FLUSHED = "Flushed policy \n";

    private final StringBuilder text = new StringBuilder();

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({
        "2026-11-25T09:29:00.123456789Z, UTC, Timestamp: Wed Nov 25 09:29:00 2026 123456 usec,"
                + " '[2026-11-25T09:29:00.123456] '",
        "2027-01-03T22:59:59.000042Z, Europe/Berlin, Timestamp: Sun Jan  3 23:59:59 2027 42 usec,"
                + " '[2027-01-03T23:59:59.000042] '",
        "2026-07-10T01:02:03Z, America/St_Johns, Timestamp: Thu Jul  9 22:32:03 2026 0 usec,"
                + " '[2026-07-09T22:32:03.000000] '"
    })
    void theTimeStandsInFront(String instant, String zone, String full, String brief) {
        print(monitor(instant, zone, Stamp.LONG));
        assertThat(text).hasToString(full + "\n" + FLUSHED);
        text.setLength(0);
        print(monitor(instant, zone, Stamp.SHORT));
        assertThat(text).hasToString(brief + FLUSHED);
    }

    @Test
    void theNamespaceFollowsTheTime() {
        MonitorText monitor = monitor("2026-11-25T09:29:00Z", "UTC", Stamp.SHORT);
        monitor.print(message(XfrmMsg.FLUSHPOLICY), OptionalInt.empty(), text);
        monitor.print(message(XfrmMsg.FLUSHPOLICY), OptionalInt.of(12), text);
        assertThat(text)
                .hasToString("[2026-11-25T09:29:00.000000] [nsid current]" + FLUSHED
                        + "[2026-11-25T09:29:00.000000] [nsid 12]" + FLUSHED);
    }

    @Test
    void withoutEitherItIsTheMessageAlone() {
        print(monitor("2026-11-25T09:29:00Z", "UTC", Stamp.NONE));
        assertThat(text).hasToString(FLUSHED);
    }

    @Test
    void controlMessagesHaveATimeToo() {
        monitor("2026-11-25T09:29:00Z", "UTC", Stamp.LONG).print(message(Netlink.NLMSG_DONE), text);
        assertThat(text).hasToString("Timestamp: Wed Nov 25 09:29:00 2026 0 usec\n");
    }

    private void print(MonitorText monitor) {
        assertThat(monitor.print(message(XfrmMsg.FLUSHPOLICY), text)).isEmpty();
    }

    private static MonitorText monitor(String instant, String zone, Stamp stamp) {
        return new MonitorText(TextOptions.brief(ZoneId.of(zone)), InstantSource.fixed(Instant.parse(instant)), stamp);
    }

    private static NetlinkMessage message(int type) {
        ByteBuffer bytes = ByteBuffer.allocate(NetlinkMessage.HEADER).order(ByteOrder.nativeOrder());
        return RandomMessages.message(bytes.putInt(0, bytes.limit()).putShort(4, (short) type));
    }
}
