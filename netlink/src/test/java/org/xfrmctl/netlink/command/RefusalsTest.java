package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of commands that cannot be read, word for word. */
class RefusalsTest {
    private static final String PROMPT = "$ ";

    static List<Arguments> refusals() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources/command/refusals.txt"));
        List<Arguments> refusals = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(PROMPT)) {
                refusals.add(Arguments.of(lines.get(i).substring(PROMPT.length()), lines.get(i + 1)));
            }
        }
        assertThat(refusals).hasSizeGreaterThan(100);
        return refusals;
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void nameThePlaceWhatWasFoundAndWhatIsAllowed(String command, String refusal) {
        assertThatThrownBy(() -> TestHost.parse(command))
                .isInstanceOf(CommandException.class)
                .hasMessage(refusal);
    }
}
