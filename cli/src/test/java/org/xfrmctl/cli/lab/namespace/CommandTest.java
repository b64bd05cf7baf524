package org.xfrmctl.cli.lab.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void givesOutputAndTakesInput() {
        assertThat(Command.of("sh", "-c", "cat; echo err >&2").run("in ")).isEqualTo("in err\n");
    }

    @Test
    void aFailureNamesCommandStatusOutputAndInput() {
        assertThatThrownBy(() -> Command.of("sh", "-c", "cat >&2; exit 3").run("the input"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("sh -c cat >&2; exit 3: exit status 3\nthe input\nwith the input\nthe input");
    }

    @Test
    void aCommandThatReadsNothingFailsWithItsOwnStatus() {
        assertThat(Command.of("sh", "-c", "exit 4").attempt().status()).isEqualTo(4);
    }

    @Test
    void aMissingCommandIsNamed() {
        assertThatThrownBy(() -> Command.of("no-such-command").run())
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no-such-command");
    }
}
