package org.xfrmctl.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No captured message is without a test of what it means and of its bytes. Each kind has a test that takes all there are
 * of it, by the name of the file, and fails for one that it does not know: requests {@code CapturedRequestsTest}, their
 * acks {@code ErrorMessageTest}, their replies, events and dumps {@code CapturedMessagesTest} and {@code
 * CapturedCommandsTest}, routes {@code CapturedRouteMessagesTest} and {@code RouteRequestBytesTest}.
 */
class FixturesTest {
    static List<String> requests() {
        return Fixtures.names("req-", "");
    }

    @Test
    void eachFileIsOfAKnownKind() {
        assertThat(Fixtures.names("", ""))
                .allMatch(name -> name.matches("(event|state|policy|route)-.*\\.hex|req-.*\\.txt"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void eachRequestWasAnswered(String name) {
        assertThat(Fixtures.headings(name))
                .startsWith("request")
                .endsWith("ack")
                .hasSizeBetween(2, 3);
        assertThat(Fixtures.headings(name)).isSubsetOf("request", "reply", "ack");
    }
}
