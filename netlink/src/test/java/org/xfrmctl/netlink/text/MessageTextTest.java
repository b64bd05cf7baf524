package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.XfrmMark;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.Xfrma;

/** Broken messages, and those without a text; the rest is {@link SameAsInstalledIpTest}'s. */
class MessageTextTest {
    private static final TextOptions SHOWN =
            TextOptions.brief(ZoneOffset.UTC).withKeys(Keys.SHOWN).withVersion(Version.V6_19);

    private final StringBuilder text = new StringBuilder();

    @ParameterizedTest(name = "type {0} needs {2} bytes")
    @CsvSource({
        "16, xfrm_usersa_info, 224",
        "17, xfrm_usersa_id, 24",
        "19, xfrm_userpolicy_info, 168",
        "20, xfrm_userpolicy_id, 64",
        "23, xfrm_user_acquire, 280",
        "24, xfrm_user_expire, 232",
        "25, xfrm_userpolicy_info, 168",
        "26, xfrm_usersa_info, 224",
        "27, xfrm_user_polexpire, 176",
        "28, xfrm_usersa_flush, 4",
        "32, xfrm_user_report, 60",
        "40, xfrm_userpolicy_default, 4"
    })
    void saysWhatIsMissingOfABody(int type, String struct, int needed) {
        assertThat(print(message(type, needed - 1)))
                .containsExactly(struct + " needs " + needed + " bytes, the message has " + (needed - 1));
        assertThat(text).isEmpty();
    }

    @Test
    void leavesStandingWhatIpWroteBeforeItGaveUp() {
        assertThat(print(message(XfrmMsg.DELSA, 24))).containsExactly("the message has no sa");
        assertThat(text).hasToString("Deleted ");
    }

    @Test
    void saysWhatIsTooShort() {
        MessageWriter out = new MessageWriter();
        out.begin(XfrmMsg.DELPOLICY, 0, 0, 0).body(new byte[64]).attribute(Xfrma.POLICY, new byte[167]);
        assertThat(print(RandomMessages.message(out.end().datagram())))
                .containsExactly("policy needs 168 bytes, has 167");
        assertThat(text).hasToString("Deleted ");
    }

    @Test
    void saysWhatIsNoAttribute() {
        assertThat(print(message(XfrmMsg.FLUSHPOLICY, 5))).containsExactly("the last 5 bytes are no attribute");
        assertThat(text).hasToString("Flushed policy \n");
    }

    /** As a number that {@code ip} reads beyond a mark that is too short, it would show the first bytes of a key. */
    @Test
    void readsBehindAShortAttributeOnlyWhereKeysAreShown() {
        MessageWriter out = new MessageWriter();
        out.begin(XfrmMsg.NEWSA, 0, 0, 0).body(new byte[224]).attribute(Xfrma.MARK, new byte[4]);
        out.attribute(Xfrma.IF_ID, new byte[] {1, 2, 3, 4});
        NetlinkMessage message = RandomMessages.message(out.end().datagram());
        assertThat(print(message)).isEmpty();
        assertThat(text).contains("\tmark 0/0x1f0008 \n");
        text.setLength(0);
        assertThat(new MessageText(SHOWN.withKeys(Keys.HIDDEN)).print(message, text))
                .containsExactly("mark is not what a kernel sends: no attribute of this message is shown, for which"
                        + " bytes are a key is not certain");
        assertThat(text).doesNotContain("mark").doesNotContain("if_id");
    }

    @Test
    void believesNoAttributeWhereKeysAreHiddenIfTheyDoNotComeOutEven() {
        MessageWriter out = new MessageWriter();
        out.begin(XfrmMsg.NEWSA, 0, 0, 0).body(new byte[224]).attributeU32(Xfrma.IF_ID, 7);
        NetlinkMessage message =
                RandomMessages.message(out.body(new byte[4]).end().datagram());
        assertThat(print(message)).containsExactly("the last 4 bytes are no attribute");
        assertThat(text).contains("if_id 0x7");
        text.setLength(0);
        assertThat(new MessageText(SHOWN.withKeys(Keys.HIDDEN)).print(message, text))
                .containsExactly("the attributes do not come out even: no attribute of this message is shown, for which"
                        + " bytes are a key is not certain");
        assertThat(text).doesNotContain("if_id");
    }

    /** A second guard: attributes as short as this are not believed anyway. */
    @Test
    void readsNothingBehindAnAttributeWhereKeysAreHidden() {
        ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        NetlinkMessage message = RandomMessages.message(bytes.putInt(0, 20).putInt(16, 0x04030201));
        MessageView hidden = new MessageView(message, false);
        assertThat(hidden.u32(16, 17)).isEqualTo(1);
        assertThat(hidden.u16(16, 16)).isZero();
        assertThat(hidden.u8(16, 16)).isZero();
        assertThat(hidden.struct(XfrmMark.CODEC, 16, 18)).isEqualTo(new XfrmMark(0x0201, 0));
        assertThat(new MessageView(message, true).struct(XfrmMark.CODEC, 16, 18))
                .isEqualTo(new XfrmMark(0x04030201, 0));
    }

    @Test
    void printsNoBitmapThatNoAttributeCanHold() {
        MessageWriter out = new MessageWriter();
        out.begin(XfrmMsg.NEWSA, 0, 0, 0)
                .body(new byte[224])
                .attribute(Xfrma.REPLAY_ESN_VAL, 24, payload -> payload.putInt(0, -1));
        assertThat(print(RandomMessages.message(out.end().datagram())))
                .containsExactly("replay_esn_val has 24 bytes, which do not fit a bitmap of 4294967295 words");
        assertThat(text).contains("\t replay_window 0, bitmap-length 4294967295\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void controlMessagesHaveNoText(int type) {
        assertThat(print(message(type, 20))).isEmpty();
        assertThat(text).isEmpty();
    }

    @Test
    void showsOfAnUnknownMessageLengthTypeAndFlags() {
        MessageWriter out = new MessageWriter();
        out.begin(0x1234, 0x0302, 0, 0).body(new byte[8]);
        assertThat(print(RandomMessages.message(out.end().datagram()))).isEmpty();
        assertThat(text).hasToString("Unknown message: 00000024 0x00001234 0x00000302\n");
    }

    @Test
    void appendsToWhatIsThere() {
        text.append("before ");
        print(message(XfrmMsg.FLUSHSA, 4));
        print(message(XfrmMsg.FLUSHSA, 4));
        assertThat(text).hasToString("before Flushed state proto 0\nFlushed state proto 0\n");
    }

    /** Messages of a big-endian machine say the same. */
    @Test
    void readsMessagesInTheirOwnByteOrder() {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            MessageWriter out = new MessageWriter(order);
            out.begin(XfrmMsg.NEWSA, 0, 0, 0).body(new byte[224]);
            out.attribute(Xfrma.MARK, XfrmMark.CODEC, new XfrmMark(0x12, 0xff));
            assertThat(print(RandomMessages.message(out.end().datagram()))).isEmpty();
        }
        assertThat(text.toString().split("mark 0x12/0xff", -1)).hasSize(3);
    }

    private List<String> print(NetlinkMessage message) {
        return new MessageText(SHOWN).print(message, text);
    }

    /** Zeros behind the header. */
    private static NetlinkMessage message(int type, int bodyLength) {
        ByteBuffer bytes =
                ByteBuffer.allocate(NetlinkMessage.HEADER + bodyLength).order(ByteOrder.nativeOrder());
        bytes.putInt(0, bytes.limit()).putShort(4, (short) type);
        return RandomMessages.message(bytes);
    }
}
