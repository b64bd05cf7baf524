package org.xfrmctl.cli.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;

class JsonListingTest {
    private static final NetlinkMessage MESSAGE = NetlinkMessage.split(
                    new MessageWriter().begin(16, 0, 1, 0).end().datagram())
            .get(0);

    private final StringWriter text = new StringWriter();
    private final JsonListing listing =
            new JsonListing(message -> Map.of("seq", message.sequence()), new PrintWriter(text));

    @Test
    void aListOfNothingIsAnArray() {
        listing.end();
        listing.close();
        assertThat(text).hasToString("[ ]\n");
    }

    @Test
    void aListThatBreaksOffAtOnceIsNothing() {
        listing.close();
        assertThat(text.toString()).isEmpty();
    }

    @Test
    void aListThatBreaksOffLaterHasNoEnd() {
        listing.add(MESSAGE);
        listing.close();
        assertThat(text.toString()).startsWith("[ {").doesNotContain("]");
    }

    @Test
    void aWholeListHasOne() {
        listing.add(MESSAGE);
        listing.end();
        listing.close();
        assertThat(text.toString()).endsWith("} ]\n");
    }
}
