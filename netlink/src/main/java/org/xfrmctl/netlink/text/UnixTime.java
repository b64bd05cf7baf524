package org.xfrmctl.netlink.text;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * Unix seconds as local date and time, for all years that C's {@code struct tm} has: these are more than {@link LocalDate}
 * has, and a message may say any number.
 */
final class UnixTime {
    private static final long SECONDS_PER_DAY = 86_400;
    /** The Gregorian calendar repeats itself after 400 years, weekdays too. */
    private static final long DAYS_PER_CYCLE = 146_097;

    private static final int YEARS_PER_CYCLE = 400;
    /** What {@code tm_year} counts from. */
    private static final int FIRST_YEAR = 1900;
    /** The seconds beyond which {@code tm_year} is too narrow, a year spared for the zone. */
    private static final long FARTHEST = 68_000_000_000_000_000L;
    /** Of the years that {@link ZoneOffset} is asked for; further ones are taken from the cycle before. */
    private static final long LATEST = 253_402_300_800L;

    private UnixTime() {}

    /**
     * Prints {@code %Y-%m-%d %T}. Of a time without a year that C can count, {@code ip} says that it is invalid from 6.19
     * on; older releases die of it.
     */
    static void print(long seconds, ZoneId zone, StringBuilder text) {
        if (seconds < -FARTHEST || seconds > FARTHEST) {
            text.append("invalid-time");
            return;
        }
        long local = seconds + offset(seconds, zone);
        long days = Math.floorDiv(local, SECONDS_PER_DAY);
        LocalDate inCycle = LocalDate.ofEpochDay(Math.floorMod(days, DAYS_PER_CYCLE));
        long year = inCycle.getYear() + YEARS_PER_CYCLE * Math.floorDiv(days, DAYS_PER_CYCLE);
        if (year - FIRST_YEAR != (int) (year - FIRST_YEAR)) {
            text.append("invalid-time");
            return;
        }
        // The year is printed as the int that it is computed in: the last 1900 years that tm_year has come out
        // negative.
        text.append((int) year).append('-');
        twoDigits(inCycle.getMonthValue(), text).append('-');
        twoDigits(inCycle.getDayOfMonth(), text).append(' ');
        clock(Math.floorMod(local, SECONDS_PER_DAY), text);
    }

    /** {@code %H:%M:%S} */
    static void clock(long secondOfDay, StringBuilder text) {
        int second = (int) secondOfDay;
        twoDigits(second / 3600, text).append(':');
        twoDigits(second / 60 % 60, text).append(':');
        twoDigits(second % 60, text);
    }

    static StringBuilder twoDigits(int number, StringBuilder text) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static long offset(long seconds, ZoneId zone) {
        if (zone instanceof ZoneOffset fixed) {
            return fixed.getTotalSeconds();
        }
        long cycle = DAYS_PER_CYCLE * SECONDS_PER_DAY;
        long asked =
                seconds > LATEST ? LATEST - cycle + Math.floorMod(seconds - LATEST, cycle) : Math.max(seconds, -LATEST);
        return zone.getRules().getOffset(Instant.ofEpochSecond(asked)).getTotalSeconds();
    }
}
