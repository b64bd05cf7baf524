package org.xfrmctl.netlink.text;

import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo.Counts;
import org.xfrmctl.netlink.xfrm.SpdInfo.Threshold;

/** How many states and policies there are, as {@code ip xfrm state count} and {@code ip xfrm policy count} print it. */
public final class CountText {
    private CountText() {}

    /** {@code statistics} is how often {@code -s} was given. The line break is a real one whatever {@code ip} is told. */
    public static String print(SadInfo info, int statistics) {
        String count = "\t SAD count " + Integer.toUnsignedString(info.states());
        return statistics == 0
                ? count + "\n"
                : count + " (buckets count " + info.buckets() + " Max " + info.maxBuckets() + ")\n";
    }

    /** {@code statistics} is how often {@code -s} was given, which makes a difference up to the second. */
    public static String print(SpdInfo info, int statistics, boolean oneline) {
        String newline = oneline ? "\\" : "\n";
        StringBuilder text = new StringBuilder("\t SPD");
        counts(text, " IN  ", info.policies());
        if (statistics > 0) {
            counts(text.append(" (Sock:"), " IN ", info.socketPolicies());
            text.append(')');
        }
        text.append(newline);
        if (statistics > 1) {
            text.append("\t SPD buckets: count ").append(info.hash().mask());
            text.append(" Max ").append(info.hash().maxBuckets()).append(newline);
            thresholds(text, "IPv4", info.hash().ipv4()).append(newline);
            thresholds(text, "IPv6", info.hash().ipv6()).append(newline);
        }
        return text.append(oneline ? "\n" : "").toString();
    }

    private static void counts(StringBuilder text, String in, Counts counts) {
        text.append(in).append(counts.in());
        text.append(" OUT ").append(counts.out()).append(" FWD ").append(counts.fwd());
    }

    private static StringBuilder thresholds(StringBuilder text, String family, Threshold threshold) {
        text.append("\t SPD ").append(family).append(" thresholds: local ").append(threshold.local());
        return text.append(" remote ").append(threshold.remote());
    }
}
