package org.xfrmctl.cli.daemon;

import static java.nio.ByteOrder.nativeOrder;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.EchoPath;
import org.xfrmctl.model.echo.Heard;

class HostQuestionTest {
    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final IpAddress SIX = IpAddress.parse("fd00::1");

    static Stream<HostQuestion> questions() {
        return Stream.of(
                new HostQuestion.Path(SIX),
                new HostQuestion.Addresses(),
                new HostQuestion.Socket(HERE, IpAddress.parse("192.0.2.2"), -1),
                new HostQuestion.Sound(new EchoPath(Optional.empty(), SIX, 0, false), 1280, 1000),
                new HostQuestion.Sound(new EchoPath(Optional.of(HERE), HERE, 7, true), 28, 0));
    }

    static Stream<Heard> heard() {
        return Stream.of(
                new Heard.Answer(),
                new Heard.Silence(),
                new Heard.Refused(1446),
                new Heard.TooBig(SIX, 0),
                new Heard.Undelivered(HERE, "No route to host"),
                new Heard.Unsent("Network is unreachable"));
    }

    @ParameterizedTest
    @MethodSource("questions")
    void whatIsAskedIsRead(HostQuestion question) {
        assertThat(HostQuestion.read(question.bytes())).contains(question);
    }

    @ParameterizedTest
    @MethodSource("heard")
    void whatIsAnsweredIsRead(Heard heard) {
        assertThat(HeardWords.read(HeardWords.print(heard))).isEqualTo(heard);
    }

    /** Any program that may open the door may send anything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "way",
                "way nobody",
                "addresses of all",
                "socket 192.0.2.1 192.0.2.2 seven",
                "sound 192.0.2.1 - 0 false 27 1000",
                "sound 192.0.2.1 - 0 false 70000 1000",
                "sound 192.0.2.1 - 0 false 84 -1",
                "sound 192.0.2.1 - 0 false 84 10001"
            })
    void whatIsNoneIsNone(String words) {
        byte[] text = words.getBytes(UTF_8);
        ByteBuffer datagram = ByteBuffer.allocate(4 + text.length)
                .order(nativeOrder())
                .putInt(HostQuestion.MAGIC)
                .put(text)
                .flip();
        assertThat(HostQuestion.read(datagram)).isEmpty();
        assertThat(HostQuestion.read(datagram.putInt(0, 1))).isEmpty();
    }

    @Test
    void anotherAnswerIsNone() {
        assertThatThrownBy(() -> HeardWords.read("hello")).hasMessageContaining("\"hello\"");
    }
}
