package org.xfrmctl.cli.daemon;

import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.Heard;

/** What came of an echo request, in words that a client reads back. */
final class HeardWords {
    private HeardWords() {}

    static String print(Heard heard) {
        if (heard instanceof Heard.Answer) {
            return "answer";
        }
        if (heard instanceof Heard.Refused refused) {
            return "refused " + refused.mtu();
        }
        if (heard instanceof Heard.TooBig error) {
            return "too-big " + error.from() + " " + error.mtu();
        }
        if (heard instanceof Heard.Undelivered error) {
            return "undelivered " + error.from() + " " + error.why();
        }
        if (heard instanceof Heard.Unsent unsent) {
            return "unsent " + unsent.why();
        }
        if (heard instanceof Heard.Silence) {
            return "silence";
        }
        throw new AssertionError(heard);
    }

    /**
     * Reads what {@link #print} has written.
     *
     * @throws IllegalArgumentException if that is something else
     */
    static Heard read(String text) {
        String[] words = text.split(" ", 3);
        return switch (words[0]) {
            case "answer" -> new Heard.Answer();
            case "silence" -> new Heard.Silence();
            case "refused" -> new Heard.Refused(Integer.parseInt(words[1]));
            case "too-big" -> new Heard.TooBig(IpAddress.parse(words[1]), Integer.parseInt(words[2]));
            case "undelivered" -> new Heard.Undelivered(IpAddress.parse(words[1]), words[2]);
            case "unsent" -> new Heard.Unsent(text.substring("unsent ".length()));
            default -> throw new IllegalArgumentException("\"" + text + "\" is nothing that comes of an echo request");
        };
    }
}
