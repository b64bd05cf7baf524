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

    /** Whether keys are printed; {@link #HIDDEN} is the form of {@code ip xfrm state list nokeys}. */
    public enum Keys {
        HIDDEN,
        SHOWN
    }

    /** The iproute2 release whose output is reproduced. They differ only where newer kernels report more. */
    public enum Version {
        /** Debian 12's. Knows neither the direction nor the CPU of a state, and no packet offload. */
        V6_1,
        /** The newest that was compared; adds {@code dir}, {@code pcpu-num} and the offload's mode. */
        V7_1
    }

    /** Brief output without keys, with the names of this package's built-in protocol table and numbered interfaces. */
    public static TextOptions brief(ZoneId zone) {
        return new TextOptions(
                false,
                Keys.HIDDEN,
                false,
                Version.V6_1,
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
