package org.xfrmctl.it.docker;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests of ping, five a second, until it is stopped. */
final class PingStream {
    private static final Pattern SUMMARY = Pattern.compile("(\\d+) packets transmitted, ");
    private static final Pattern REPLY = Pattern.compile("bytes from [^\n]* icmp_seq=(\\d+) ");

    private final BackgroundProgram ping;

    private PingStream(BackgroundProgram ping) {
        this.ping = ping;
    }

    static PingStream start(ContainerHost host, String to) {
        return new PingStream(BackgroundProgram.start(host, "ping -n -i 0.2 -s 600 " + to, "", "packets transmitted"));
    }

    /**
     * What became of the requests.
     *
     * @param lost how many got no reply, without the last one, which may still have been under way
     */
    record End(int sent, int answered, int lost) {}

    End stop() {
        return end(ping.stop());
    }

    static End end(String said) {
        Matcher summary = SUMMARY.matcher(said);
        if (!summary.find()) {
            throw new AssertionError("ping without a summary: " + said);
        }
        int sent = Integer.parseInt(summary.group(1));
        // A reply that came twice is one.
        Set<Integer> answered = new HashSet<>();
        REPLY.matcher(said).results().forEach(reply -> answered.add(Integer.parseInt(reply.group(1))));
        int settled = answered.contains(sent) ? sent : sent - 1;
        return new End(sent, answered.size(), settled - answered.size());
    }
}
