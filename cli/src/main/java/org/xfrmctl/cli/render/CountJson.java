package org.xfrmctl.cli.render;

import java.util.Map;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo;

/**
 * How many states and policies there are: {@code {"states", "buckets", "max_buckets"}}, and {@code {"policies": {"in",
 * "out", "fwd"}, "socket_policies": {…}, "hash": {"mask", "max_buckets", "ipv4": {"local", "remote"}, "ipv6": {…}}}}.
 */
public final class CountJson {
    private CountJson() {}

    public static Map<String, Object> of(SadInfo info) {
        return Json.object(
                "states", Json.unsigned(info.states()),
                "buckets", Json.unsigned(info.buckets()),
                "max_buckets", Json.unsigned(info.maxBuckets()));
    }

    public static Map<String, Object> of(SpdInfo info) {
        return Json.object(
                "policies", of(info.policies()),
                "socket_policies", of(info.socketPolicies()),
                "hash",
                        Json.object(
                                "mask", Json.unsigned(info.hash().mask()),
                                "max_buckets", Json.unsigned(info.hash().maxBuckets()),
                                "ipv4", of(info.hash().ipv4()),
                                "ipv6", of(info.hash().ipv6())));
    }

    private static Map<String, Object> of(SpdInfo.Counts counts) {
        return Json.object(
                "in", Json.unsigned(counts.in()),
                "out", Json.unsigned(counts.out()),
                "fwd", Json.unsigned(counts.fwd()));
    }

    private static Map<String, Object> of(SpdInfo.Threshold threshold) {
        return Json.object("local", threshold.local(), "remote", threshold.remote());
    }
}
