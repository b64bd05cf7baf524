package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** What the commands say that were given to {@code ip}, and what the kernel then announced and dumped, is the same. */
class CapturedCommandsTest {
    private static final Path COMMANDS = Path.of("src/test/resources/command");

    static Stream<String> states() {
        return Stream.of("event-newsa-spi-", "state-dump-proto50-", "state-dump-proto51-", "state-dump-proto108-")
                .flatMap(prefix -> Fixtures.names(prefix, ".hex").stream());
    }

    static Stream<String> policies() {
        return Stream.of("event-newpolicy-index-", "policy-dump-index-")
                .flatMap(prefix -> Fixtures.names(prefix, ".hex").stream());
    }

    private static <T> Stream<T> said(String prefix, Class<T> type) {
        try (Stream<Path> files = Files.list(COMMANDS)) {
            List<Path> commands = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
            List<T> subjects = new ArrayList<>();
            for (Path command : commands) {
                subjects.add(TestHost.subject(Files.readString(command), type));
            }
            return subjects.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachWasAnnouncedAndDumped() {
        assertThat(said("state-", XfrmState.class)).hasSize(17);
        assertThat(states()).hasSize(2 * 17);
        assertThat(said("policy-", XfrmPolicy.class)).hasSize(12);
        assertThat(policies()).hasSize(2 * 12);
    }

    @ParameterizedTest
    @MethodSource("states")
    void statesAreWhatTheKernelTold(String name) {
        XfrmState told = StateCodec.decode(Fixtures.message(name));
        XfrmState said = said("state-", XfrmState.class)
                .filter(state -> state.id().equals(told.id()))
                .findFirst()
                .orElseThrow();

        assertThat(completed(said))
                .usingRecursiveComparison()
                .isEqualTo(told.toBuilder()
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
    void policiesAreWhatTheKernelTold(String name) {
        XfrmPolicy told = PolicyCodec.decode(Fixtures.message(name));
        XfrmPolicy said = said("policy-", XfrmPolicy.class)
                .filter(policy -> policy.key().equals(told.key()))
                .findFirst()
                .orElseThrow();

        assertThat(said.toBuilder()
                        .type(said.type().or(() -> Optional.of(PolicyType.MAIN)))
                        .build())
                .usingRecursiveComparison()
                .isEqualTo(told.toBuilder()
                        .current(LifetimeCurrent.NONE)
                        .index(said.index() == 0 ? 0 : told.index())
                        .build());
    }
}
