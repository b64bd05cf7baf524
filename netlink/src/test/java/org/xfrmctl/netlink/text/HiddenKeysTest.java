package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.XfrmMsg;

/**
 * No byte of a key has any influence on what is printed where keys are hidden: messages of every kind, each with two
 * different keys, give the same text and the same complaints, whatever their lengths say.
 */
class HiddenKeysTest {
    private static final int MESSAGES = 3_000;
    private static final List<Integer> ABOUT_STATES =
            List.of(XfrmMsg.NEWSA, XfrmMsg.UPDSA, XfrmMsg.DELSA, XfrmMsg.EXPIRE, XfrmMsg.REPORT, XfrmMsg.NEWAE);
    private static final List<Integer> ABOUT_POLICIES =
            List.of(XfrmMsg.NEWPOLICY, XfrmMsg.DELPOLICY, XfrmMsg.POLEXPIRE, XfrmMsg.ACQUIRE, XfrmMsg.MIGRATE);
    /** Bytes that no length has in a message as short as these: what is key is not taken for an attribute's header. */
    private static final byte ONE = (byte) 0xc3;

    private static final byte OTHER = (byte) 0xe5;

    @ParameterizedTest
    @EnumSource(Version.class)
    void keysLeaveNoTrace(Version version) {
        long seed = 20L + version.ordinal();
        Random random = new Random(seed);
        RandomMessages messages = new RandomMessages(seed);
        TextOptions hidden = TextOptions.brief(ZoneOffset.UTC).withVersion(version);
        int telling = 0;
        int complete = 0;
        for (int i = 0; i < MESSAGES; i++) {
            TextOptions options = hidden.withStatistics(random.nextBoolean());
            List<Integer> kinds = random.nextInt(3) != 0 ? ABOUT_STATES : ABOUT_POLICIES;
            DraftMessage draft = messages.draft(kinds.get(random.nextInt(kinds.size())));
            draft.attributes.addAll(messages.draft(XfrmMsg.NEWSA).attributes);
            LyingMessage message = new LyingMessage(draft, random);
            String one = print(message.withKeys(ONE), options);
            assertThat(one).as("seed %d message %d", seed, i).doesNotContain("c3c3c3c3");
            assertThat(print(message.withKeys(OTHER), options))
                    .as("seed %d message %d", seed, i)
                    .isEqualTo(one);
            complete += one.contains("<<Keys hidden>>") ? 1 : 0;
            TextOptions shown = options.withKeys(Keys.SHOWN);
            telling += print(message.withKeys(ONE), shown).equals(print(message.withKeys(OTHER), shown)) ? 0 : 1;
        }
        assertThat(telling)
                .as("messages whose keys can be seen if they are not hidden")
                .isGreaterThan(MESSAGES / 2);
        assertThat(complete).as("messages whose attributes are shown").isGreaterThan(MESSAGES / 6);
    }

    @Test
    void nothingElseIsHidden() {
        long seed = 30;
        RandomMessages messages = new RandomMessages(seed);
        TextOptions options = TextOptions.brief(ZoneOffset.UTC).withStatistics(true);
        for (int i = 0; i < MESSAGES; i++) {
            NetlinkMessage message = RandomMessages.message(
                    messages.kernels(ABOUT_STATES.get(i % ABOUT_STATES.size())).toBytes());
            assertThat(withoutAlgorithms(print(message, options)))
                    .as("seed %d message %d", seed, i)
                    .isEqualTo(withoutAlgorithms(print(message, options.withKeys(Keys.SHOWN))));
        }
    }

    private static List<String> withoutAlgorithms(String text) {
        return text.lines()
                .filter(line -> !line.matches("\t(auth|auth-trunc|aead|enc|comp) .*"))
                .toList();
    }

    /** Text and complaints. */
    private static String print(NetlinkMessage message, TextOptions options) {
        StringBuilder text = new StringBuilder();
        List<String> complaints = new MessageText(options).print(message, text);
        return text + String.join("\n", complaints);
    }
}
