package org.xfrmctl.netlink.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.model.definition.ConfigException;

/** However a command with keys is spoiled, no part of a key gets into what is said of it. */
class HiddenKeysTest {
    private static final int RUNS = 3000;
    /** Of a key in hex, and of one of characters: what is not hidden as a whole would show some of these. */
    private static final int PART = 6;

    private static final List<String> KEYS = List.of(
            "0x9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c",
            "correcthorsebatterystaple",
            "d41d8cd98f00b204e9800998ecf8427e",
            "9f:8e:7d:6c:5b:4a:39:28:17:06:f5:e4:d3:c2:b1:a0");

    private static final List<String> COMMANDS = List.of(
            "state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 reqid 5 mode tunnel aead rfc4106(gcm(aes)) KEY 128 if_id 5",
            "state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 1 enc cbc(aes) KEY auth-trunc hmac(sha256) KEY 128 dir in",
            "xfrm state update src ::1 dst ::2 proto ah spi 0x100 auth hmac(sha1) KEY replay-window 32 flag esn");

    private final IpCommandParser parser = TestHost.parser();
    private final Random random = new Random();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void spoiledCommandsSayNothingOfTheKey(long seed) {
        random.setSeed(seed);
        int refused = 0;
        for (int run = 0; run < RUNS; run++) {
            String key = pick(KEYS);
            List<String> words = TestHost.words(pick(COMMANDS).replace("KEY", key));
            for (int i = random.nextInt(3); i >= 0; i--) {
                spoil(words);
            }
            try {
                IpCommand command = parser.parse(words);
                assertHidden(command.toString(), key, seed, run, words);
            } catch (CommandException e) {
                refused++;
                assertHidden(e.problem(), key, seed, run, words);
            }
        }
        assertThat(refused).isGreaterThan(RUNS / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void spoiledFilesSayNothingOfTheKey(long seed) {
        random.setSeed(seed);
        for (int run = 0; run < RUNS / 10; run++) {
            String key = pick(KEYS);
            StringBuilder text = new StringBuilder(String.join("\n", COMMANDS).replace("KEY", key));
            for (int i = random.nextInt(3); i >= 0; i--) {
                text.insert(random.nextInt(text.length()), pick(List.of("\n", " ", "\"", "'", "#", "\\\n", "\0")));
            }
            try {
                BatchFile.read("batch", text.toString(), parser);
            } catch (ConfigException e) {
                assertHidden(e.getMessage(), key, seed, run, List.of(text.toString()));
            }
        }
    }

    private void spoil(List<String> words) {
        int at = random.nextInt(words.size());
        int other = random.nextInt(words.size());
        switch (random.nextInt(5)) {
            case 0 -> words.remove(at);
            case 1 -> words.add(at, words.get(other));
            case 2 -> words.add(at, words.remove(other));
            case 3 -> words.set(at, words.get(at) + "x");
            default -> {
                String first = words.set(at, words.get(other));
                words.set(other, first);
            }
        }
    }

    private static void assertHidden(String text, String key, long seed, int run, List<String> words) {
        Set<String> parts = new HashSet<>();
        for (int i = 0; i + PART <= key.length(); i++) {
            parts.add(key.substring(i, i + PART));
        }
        assertThat(parts).as("seed %s run %s %s", seed, run, words).noneMatch(text::contains);
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
