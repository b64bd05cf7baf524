package org.xfrmctl.cli.lab.namespace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xfrmctl.netlink.Errno;

/**
 * What iputils' ping says about one echo request. Its exit status alone does not tell a lost reply from a request that
 * the kernel refused to send.
 *
 * @param answered whether a reply came
 * @param error why the request was not sent, in the words of {@code strerror}
 */
record PingOutput(boolean answered, Optional<String> error) {
    private static final Pattern SUMMARY = Pattern.compile("(?m)^(\\d+) packets transmitted, (\\d+) received");

    /** {@code ping: sendmsg: …}, {@code ping: connect: …}, {@code ping: local error: message too long, mtu=…}. */
    private static final Pattern COMPLAINT = Pattern.compile("(?m)^(?:/?[a-z/]*/)?ping6?: (.+)$");

    /** Reads standard output and standard error of {@code ping -n -c 1}. */
    static PingOutput parse(String text) {
        Optional<String> error = complaint(text);
        Matcher summary = SUMMARY.matcher(text);
        if (summary.find()) {
            return new PingOutput(!summary.group(2).equals("0"), error);
        }
        // Without a summary ping itself gave up, so its last words are the reason whatever they are.
        String reason =
                text.strip().substring(text.strip().lastIndexOf(": ") + 1).strip();
        return new PingOutput(false, error.or(() -> Optional.of(reason)));
    }

    private static Optional<String> complaint(String text) {
        Matcher complaint = COMPLAINT.matcher(text);
        while (complaint.find()) {
            String words = complaint.group(1).toLowerCase(Locale.ROOT);
            Optional<String> known = Arrays.stream(Errno.values())
                    .map(Errno::text)
                    .filter(errno -> words.contains(errno.toLowerCase(Locale.ROOT)))
                    .findFirst();
            if (known.isPresent()) {
                return known;
            }
        }
        return Optional.empty();
    }
}
