package org.xfrmctl.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers are read that no {@link ControlDoor} of this version gives. */
class ControlClientTest {
    private final StringWriter out = new StringWriter();

    private int print(String answer) throws IOException {
        return ControlClient.print(
                new BufferedReader(new StringReader(answer)),
                new PrintWriter(out),
                new PrintWriter(new StringWriter()));
    }

    @Test
    void membersOfALaterVersionAreSkipped() throws IOException {
        assertThat(print("""
                        {"step":{"of":3,"names":["home",null]}}
                        {"out":"done\\n"}
                        {"took":0.5}
                        {"exit":2}
                        """)).isEqualTo(2);
        assertThat(out.toString()).isEqualTo("done\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"out\":null}",
                "{\"err\":[\"a\"]}",
                "{\"exit\":1.5}",
                "{\"exit\":99999999999}",
                "{\"exit\":\"0\"}"
            })
    void membersOfThisVersionHaveTheirKindOfValue(String line) {
        assertThatThrownBy(() -> print(line + "\n"))
                .isInstanceOf(IOException.class)
                .hasMessage("what answers there is no control socket of xfrmctl");
    }
}
