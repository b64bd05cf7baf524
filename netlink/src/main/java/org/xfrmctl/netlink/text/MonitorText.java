package org.xfrmctl.netlink.text;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.OptionalInt;
import org.xfrmctl.netlink.message.NetlinkMessage;

/**
 * Prints messages as they come in, each with the time and the network namespace that it came from in front, as
 * {@code ip -t xfrm monitor all-nsid} does. Both stand before control messages too, which have no text.
 */
public final class MonitorText {
    private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

    /** How to print the time. */
    public enum Stamp {
        NONE,
        /** A line of its own: {@code Timestamp: Wed Nov 25 09:29:00 2026 123456 usec} ({@code ip -t}). */
        LONG,
        /** The beginning of a line: {@code [2026-11-25T09:29:00.123456] } ({@code ip -ts}). */
        SHORT
    }

    private final TextOptions options;
    private final MessageText messages;
    private final InstantSource clock;
    private final Stamp stamp;

    /** The time is the clock's when a message is printed, in the zone of the options. */
    public MonitorText(TextOptions options, InstantSource clock, Stamp stamp) {
        this.options = options;
        this.messages = new MessageText(options);
        this.clock = clock;
        this.stamp = stamp;
    }

    /** Appends a message of the one namespace that is listened to. Returns what is broken about it. */
    public List<String> print(NetlinkMessage message, StringBuilder text) {
        printTime(text);
        return messages.print(message, text);
    }

    /**
     * Appends a message of one of many namespaces. Returns what is broken about it.
     *
     * @param nsid the number that this namespace has for the message's one; none if it is this one
     */
    public List<String> print(NetlinkMessage message, OptionalInt nsid, StringBuilder text) {
        printTime(text);
        text.append("[nsid ");
        if (nsid.isPresent()) {
            text.append(nsid.getAsInt()).append(']');
        } else {
            text.append("current]");
        }
        return messages.print(message, text);
    }

    private void printTime(StringBuilder text) {
        if (stamp == Stamp.NONE) {
            return;
        }
        Instant now = clock.instant();
        ZonedDateTime time = now.atZone(options.zone());
        if (stamp == Stamp.SHORT) {
            text.append('[').append(time.getYear()).append('-');
            UnixTime.twoDigits(time.getMonthValue(), text).append('-');
            UnixTime.twoDigits(time.getDayOfMonth(), text).append('T');
            clock(time, text);
            int micros = 1_000_000 + time.getNano() / 1000;
            text.append('.').append(Integer.toString(micros), 1, 7).append("] ");
        } else {
            text.append("Timestamp: ").append(DAYS.get(time.getDayOfWeek().getValue() - 1));
            text.append(' ').append(MONTHS.get(time.getMonthValue() - 1));
            text.append(time.getDayOfMonth() < 10 ? "  " : " ")
                    .append(time.getDayOfMonth())
                    .append(' ');
            clock(time, text);
            text.append(' ').append(time.getYear());
            text.append(' ').append(time.getNano() / 1000).append(" usec\n");
        }
    }

    private static void clock(ZonedDateTime time, StringBuilder text) {
        UnixTime.clock(time.toLocalTime().toSecondOfDay(), text);
    }
}
