package org.xfrmctl.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ControlJsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain\n", "\"quoted\" \\ \u0000", "größer 😀", "a lone \udc80 surrogate"})
    void textGetsToTheOtherSideAsItIsAndInAscii(String text) throws IOException {
        String line = ControlJson.line("out", text);

        assertThat(line).matches("\\p{ASCII}*").doesNotContain("\n");
        assertThat(ControlJson.part(line))
                .isEqualTo(new ControlJson.Part("out", Optional.of(text), OptionalInt.empty()));
        assertThat(ControlJson.read(line).get("out").textValue()).isEqualTo(text);
    }

    @Test
    void numbersAndListsAreWritten() throws IOException {
        assertThat(ControlJson.line("exit", 64)).isEqualTo("{\"exit\":64}");
        assertThat(ControlJson.part("{\"exit\":64}"))
                .isEqualTo(new ControlJson.Part("exit", Optional.empty(), OptionalInt.of(64)));
        assertThat(ControlJson.line("command", List.of("up", "home/net")))
                .isEqualTo("{\"command\":[\"up\",\"home/net\"]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "[\"a\",[1]]", "{}", "{\"a\":{\"b\":[]}}", "1.5", "99999999999"})
    void aValueOfAnotherKindIsNeitherTextNorNumber(String value) throws IOException {
        assertThat(ControlJson.part("{\"later\":" + value + "}"))
                .isEqualTo(new ControlJson.Part("later", Optional.empty(), OptionalInt.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "1",
                "{\"out\"",
                "{\"out\":",
                "{\"out\":\"a\"",
                "{\"out\":[",
                "{\"out\":[}",
                "{\"out\":[1],\"exit\":0}",
                "{\"out\":\"a\",\"exit\":0}",
                "{\"exit\":0} {\"exit\":1}",
                "220 mail.example.org ESMTP"
            })
    void whatIsNoPartIsRefused(String line) {
        assertThatThrownBy(() -> ControlJson.part(line)).isInstanceOf(IOException.class);
    }
}
