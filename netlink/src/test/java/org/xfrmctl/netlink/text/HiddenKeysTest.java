package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.DraftMessage.Piece;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.XfrmAlgo;
import org.xfrmctl.netlink.uapi.XfrmAlgoAead;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * No byte of a key has any influence on what is printed where keys are hidden: messages of every kind, each with two
 * different keys, give the same text and the same complaints, whatever their lengths say.
 */
class HiddenKeysTest {
    private static final int MESSAGES = 6_000;
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
        long seed = 20 + version.ordinal();
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
            Scene scene = new Scene(draft, random);
            String one = print(scene.withKeys(ONE), options);
            assertThat(one).as("seed %d message %d", seed, i).doesNotContain("c3c3c3c3");
            assertThat(print(scene.withKeys(OTHER), options))
                    .as("seed %d message %d", seed, i)
                    .isEqualTo(one);
            complete += one.contains("<<Keys hidden>>") ? 1 : 0;
            TextOptions shown = options.withKeys(Keys.SHOWN);
            telling += print(scene.withKeys(ONE), shown).equals(print(scene.withKeys(OTHER), shown)) ? 0 : 1;
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

    /** A message with lies in it, and where its keys are. */
    private static final class Scene {
        private final Random random;
        private final ByteBuffer bytes;
        private final List<Integer> keyBytes = new ArrayList<>();

        Scene(DraftMessage draft, Random random) {
            this.random = random;
            Collections.shuffle(draft.attributes, random);
            draft.attributes.replaceAll(this::odd);
            bytes = draft.toBytes();
            List<Integer> offsets = draft.offsets();
            for (int i = 0; i < offsets.size(); i++) {
                Piece piece = draft.attributes.get(i);
                for (int at = head(piece.type()); at < piece.payload().length; at++) {
                    keyBytes.add(offsets.get(i) + 4 + at);
                }
            }
            for (int lies = random.nextInt(3); lies > 0; lies--) {
                lie(offsets.get(random.nextInt(offsets.size())));
            }
        }

        NetlinkMessage withKeys(byte value) {
            ByteBuffer copy =
                    ByteBuffer.allocate(bytes.limit()).order(bytes.order()).put(0, bytes, 0, bytes.limit());
            keyBytes.forEach(at -> copy.put(at, value));
            return RandomMessages.message(copy);
        }

        private void lie(int at) {
            int length = Short.toUnsignedInt(bytes.getShort(at));
            int lie = random.nextBoolean() ? random.nextInt(2 * length + 100) : length + 4 * (random.nextInt(9) - 4);
            bytes.putShort(at, (short) Math.max(0, lie));
        }

        /** Too short, with flag bits, or with numbers inside that lie: the length of a key, a bitmap or a label. */
        private Piece odd(Piece piece) {
            byte[] payload = piece.payload().clone();
            int type = piece.type();
            ByteBuffer view = ByteBuffer.wrap(payload).order(ByteOrder.nativeOrder());
            switch (random.nextInt(60)) {
                case 0 -> payload = Arrays.copyOf(payload, random.nextInt(payload.length + 1));
                case 1 -> type |= 0x4000 << random.nextInt(2);
                case 2 -> {
                    if (head(type) < payload.length + 5) {
                        Arrays.fill(payload, 0, XfrmAlgo.CODEC.size() - 4, (byte) 'n');
                    }
                }
                case 3, 4 -> {
                    if (head(type) < payload.length + 5) {
                        view.putInt(XfrmAlgo.CODEC.size() - 4, random.nextInt(1 << random.nextInt(1, 31)));
                    } else if (type == Xfrma.REPLAY_ESN_VAL) {
                        view.putInt(0, random.nextInt(100));
                    } else if (type == Xfrma.SEC_CTX) {
                        view.putShort(6, (short) random.nextInt());
                    }
                }
                default -> {}
            }
            return new Piece(type, payload);
        }

        /** How many bytes stand before a key; as many as none has where there is no key. */
        private static int head(int type) {
            return switch (type & 0x3fff) {
                case Xfrma.ALG_AUTH, Xfrma.ALG_CRYPT, Xfrma.ALG_COMP -> XfrmAlgo.CODEC.size();
                case Xfrma.ALG_AEAD, Xfrma.ALG_AUTH_TRUNC -> XfrmAlgoAead.CODEC.size();
                default -> 0xffff;
            };
        }
    }
}
