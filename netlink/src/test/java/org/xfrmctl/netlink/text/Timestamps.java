package org.xfrmctl.netlink.text;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times in the output of {@code ip -t} and {@code ip -ts}. */
final class Timestamps {
    private static final Pattern STAMP = Pattern.compile("Timestamp: \\w+ (\\w+ [ \\d]\\d [\\d:]+ \\d+) (\\d+) usec\\n"
            + "|\\[(\\d{4}-\\d\\d-\\d\\dT[\\d:]+\\.\\d{6})] ");
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss uuuu", Locale.ENGLISH);

    private Timestamps() {}

    static List<Instant> of(String text, ZoneId zone) {
        List<Instant> times = new ArrayList<>();
        Matcher stamp = STAMP.matcher(text);
        while (stamp.find()) {
            LocalDateTime time = stamp.group(3) != null
                    ? LocalDateTime.parse(stamp.group(3))
                    : LocalDateTime.parse(stamp.group(1), LONG).plusNanos(1000L * Integer.parseInt(stamp.group(2)));
            times.add(time.atZone(zone).toInstant());
        }
        return times;
    }
}
