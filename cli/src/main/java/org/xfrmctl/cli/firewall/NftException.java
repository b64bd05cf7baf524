package org.xfrmctl.cli.firewall;

import java.util.ArrayList;
import java.util.List;

/** {@code nft} is not there, or refuses. The message is the first line, its own words stand below it. */
public final class NftException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;

    private NftException(String message, List<String> lines) {
        super(message);
        this.lines = List.copyOf(lines);
    }

    static NftException missing(String program) {
        return new NftException(
                program + " is not there",
                List.of(
                        "install the package nftables, or take what \"xfrmctl firewall\" prints to where it is needed"));
    }

    /** A script, as a whole. */
    static NftException refused(String output) {
        return new NftException("nft refused, and nothing was changed", explained(output));
    }

    /** A list. */
    static NftException unlisted(String output) {
        return new NftException("nft did not list what there is", explained(output));
    }

    /** It may have done what it was to do, or not. */
    static NftException unknown(String why) {
        return new NftException(
                "nft did not come to its end: whether it was done is not known",
                List.of(why, "look at what is there: xfrmctl firewall --status"));
    }

    private static List<String> explained(String output) {
        List<String> lines = new ArrayList<>(output.strip().lines().toList());
        if (output.contains("Operation not permitted")) {
            lines.add("it takes CAP_NET_ADMIN: run as root or in \"unshare -rn\"");
        }
        return lines;
    }

    /** What to do about it, or what nft said. */
    public List<String> lines() {
        return lines;
    }
}
