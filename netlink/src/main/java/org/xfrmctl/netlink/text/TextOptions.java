package org.xfrmctl.netlink.text;

import java.time.ZoneId;
import java.util.function.IntFunction;

/**
 * How to print, and the names that only the host knows.
 *
 * @param statistics print lifetimes, counters and every field in full, as {@code ip -s} does
 * @param keys whether key material appears
 * @param oneline one object per line with {@code \} for every line break, as {@code ip -o} does
 * @param version whose output to reproduce
 * @param zone the time zone of dates
 * @param interfaceName the name of an interface index
 * @param protocolName the name of an IP protocol number in selectors
 */
public record TextOptions(
        boolean statistics,
        Keys keys,
        boolean oneline,
        Version version,
        ZoneId zone,
        IntFunction<String> interfaceName,
        IntFunction<String> protocolName) {

    /**
     * Whether keys are printed; {@link #HIDDEN} is the form of {@code ip xfrm state list nokeys}, for messages of every
     * kind: {@code ip xfrm monitor nokeys} prints keys all the same. Then no length that lies brings a key's bytes to
     * light either, see {@link FirstAttributes}.
     */
    public enum Keys {
        HIDDEN,
        SHOWN
    }

    /**
     * The iproute2 release whose output is reproduced. Releases between two of these print what the older one does, and
     * 7.1 what 6.19 does.
     */
    public enum Version {
        /** Debian 12's. */
        V6_1("6.1"),
        /** Adds the mode of an offload, and takes its direction from policies. */
        V6_2("6.2"),
        /** Adds the direction of a state. */
        V6_11("6.11"),
        /** Adds the CPU of a state. */
        V6_19("6.19"),
        /**
         * 6.19 and what no release of iproute2 shows: {@link ExtendedLines} on states and policies, {@link MigrateLines},
         * the numbers of an {@link AsyncEventLines}, the mode {@code iptfs} and the policy flag {@code cpu-acquire} by
         * their names. Where a message has none of these it is 6.19, byte for byte.
         */
        EXTENDED("extended");

        private final String text;

        Version(String text) {
            this.text = text;
        }

        /** Whether this prints what {@code first} was the first to print. */
        public boolean atLeast(Version first) {
            return compareTo(first) >= 0;
        }

        /** The release's number, or {@code extended}. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Brief output without keys but with all that a message tells, with the names of this package's built-in protocol
     * table and numbered interfaces.
     */
    public static TextOptions brief(ZoneId zone) {
        return new TextOptions(
                false,
                Keys.HIDDEN,
                false,
                Version.EXTENDED,
                zone,
                TextOptions::numberedInterface,
                ProtocolNames.builtIn()::nameOf);
    }

    public TextOptions withStatistics(boolean value) {
        return new TextOptions(value, keys, oneline, version, zone, interfaceName, protocolName);
    }

    public TextOptions withKeys(Keys value) {
        return new TextOptions(statistics, value, oneline, version, zone, interfaceName, protocolName);
    }

    public TextOptions withOneline(boolean value) {
        return new TextOptions(statistics, keys, value, version, zone, interfaceName, protocolName);
    }

    public TextOptions withVersion(Version value) {
        return new TextOptions(statistics, keys, oneline, value, zone, interfaceName, protocolName);
    }

    public TextOptions withInterfaceName(IntFunction<String> value) {
        return new TextOptions(statistics, keys, oneline, version, zone, value, protocolName);
    }

    public TextOptions withProtocolName(IntFunction<String> value) {
        return new TextOptions(statistics, keys, oneline, version, zone, interfaceName, value);
    }

    /** What {@code ip} prints for an index that no interface has. */
    public static String numberedInterface(int index) {
        return "if" + Integer.toUnsignedString(index);
    }
}
