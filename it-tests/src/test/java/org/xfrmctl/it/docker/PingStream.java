package org.xfrmctl.it.docker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests of ping, five a second, until it is stopped. */
final class PingStream {
    private static final Pattern SUMMARY = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

    private final BackgroundProgram ping;

    private PingStream(BackgroundProgram ping) {
        this.ping = ping;
    }

    static PingStream start(ContainerHost host, String to) {
        return new PingStream(BackgroundProgram.start(host, "ping -n -i 0.2 -s 600 " + to, "", "packets transmitted"));
    }

    /** What became of the requests; the last one may still have been under way. */
    record End(int sent, int lost) {}

    End stop() {
        String said = ping.stop();
        Matcher summary = SUMMARY.matcher(said);
        if (!summary.find()) {
            throw new AssertionError("ping without a summary: " + said);
        }
        int sent = Integer.parseInt(summary.group(1));
        return new End(sent, sent - Integer.parseInt(summary.group(2)));
    }
}
