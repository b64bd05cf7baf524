package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;

/** What the commands say that were given to {@code ip}, and what the kernel then dumped, is the same. */
class CapturedCommandsTest {
    private static final Path COMMANDS = Path.of("src/test/resources/command");

    static List<String> states() throws IOException {
        return commands("state-");
    }

    static List<String> policies() throws IOException {
        return commands("policy-");
    }

    private static List<String> commands(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(COMMANDS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void areAllThere() throws IOException {
        assertThat(states()).hasSize(17);
        assertThat(policies()).hasSize(12);
    }

    @ParameterizedTest
    @MethodSource("states")
    void statesAreWhatTheKernelDumped(String name) throws IOException {
        XfrmState said = TestHost.subject(Files.readString(COMMANDS.resolve(name)), XfrmState.class);
        XfrmState dumped = Fixtures.names("state-dump-", ".hex").stream()
                .map(file -> StateCodec.decode(Fixtures.message(file)))
                .filter(state -> state.id().equals(said.id()))
                .findFirst()
                .orElseThrow();

        assertThat(completed(said))
                .usingRecursiveComparison()
                .isEqualTo(dumped.toBuilder()
                        .current(LifetimeCurrent.NONE)
                        .statistics(StateStatistics.NONE)
                        .build());
    }

    /** What a kernel adds to a state: the selector's family, names and lengths of algorithms. */
    private static XfrmState completed(XfrmState state) {
        boolean familyStaysOpen = state.flags().has(StateFlag.AF_UNSPEC);
        Selector selector = state.selector().family() == Family.UNSPEC && !familyStaysOpen
                ? Selector.any(state.family())
                : state.selector();
        return state.toBuilder()
                .selector(selector)
                .algorithms(state.algorithms().stream()
                        .map(CapturedCommandsTest::completed)
                        .toList())
                .build();
    }

    private static Algorithm completed(Algorithm algorithm) {
        if (algorithm instanceof Algorithm.Authentication auth && auth.truncationBits() == 0) {
            return new Algorithm.Authentication(auth.name(), auth.key(), 96);
        }
        if (algorithm instanceof Algorithm.Encryption cipher && cipher.name().equals("cipher_null")) {
            return new Algorithm.Encryption("ecb(cipher_null)", cipher.key());
        }
        return algorithm;
    }

    @ParameterizedTest
    @MethodSource("policies")
    void policiesAreWhatTheKernelDumped(String name) throws IOException {
        XfrmPolicy said = TestHost.subject(Files.readString(COMMANDS.resolve(name)), XfrmPolicy.class);
        XfrmPolicy dumped = Fixtures.names("policy-dump-", ".hex").stream()
                .map(file -> PolicyCodec.decode(Fixtures.message(file)))
                .filter(policy -> policy.key().equals(said.key()))
                .findFirst()
                .orElseThrow();

        assertThat(said.toBuilder()
                        .type(said.type().or(() -> Optional.of(PolicyType.MAIN)))
                        .build())
                .usingRecursiveComparison()
                .isEqualTo(dumped.toBuilder()
                        .current(LifetimeCurrent.NONE)
                        .index(said.index() == 0 ? 0 : dumped.index())
                        .build());
    }
}
