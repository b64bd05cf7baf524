package org.xfrmctl.netlink.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.xfrmctl.netlink.Fixtures;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.XfrmAddress;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserKmaddress;
import org.xfrmctl.netlink.uapi.XfrmUserMigrate;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/** What no release of iproute2 shows, and that it shows in no other version than the extended one. */
class ExtendedTextTest {
    private static final TextOptions EXTENDED = TextOptions.brief(ZoneOffset.UTC);

    @Test
    void attributesOfAState() {
        NetlinkMessage message = state(out -> out.attributeU32(Xfrma.NAT_KEEPALIVE_INTERVAL, 20)
                .attributeU32(Xfrma.MTIMER_THRESH, 60)
                .attributeU32(Xfrma.IPTFS_DROP_TIME, 1_000_000)
                .attribute(Xfrma.IPTFS_REORDER_WINDOW, 2, payload -> payload.putShort(0, (short) 3))
                .attribute(Xfrma.IPTFS_DONT_FRAG, new byte[0])
                .attributeU32(Xfrma.IPTFS_INIT_DELAY, 0)
                .attributeU32(Xfrma.IPTFS_MAX_QSIZE, -1)
                .attributeU32(Xfrma.IPTFS_PKT_SIZE, 1400));
        assertThat(print(message, EXTENDED).lines())
                .endsWith(
                        "\tnat-keepalive-interval 20",
                        "\tmapping-timer 60",
                        "\tiptfs drop-time 1000000 reorder-window 3 dont-frag init-delay 0 max-qsize 4294967295"
                                + " pkt-size 1400");
    }

    @Test
    void onlyTheWordsOfIptfsThatAreThere() {
        assertThat(print(state(out -> out.attributeU32(Xfrma.IPTFS_DROP_TIME, 5)), EXTENDED))
                .endsWith("\tiptfs drop-time 5\n");
    }

    @Test
    void policyFlags() {
        NetlinkMessage message =
                write(XfrmMsg.NEWPOLICY, out -> out.body(zeros(XfrmUserpolicyInfo.CODEC.size(), 162, (byte) 12)));
        assertThat(print(message, EXTENDED)).contains(" flag cpu-acquire 8\n");
        assertThat(print(message, EXTENDED.withVersion(Version.V6_19))).contains(" flag c\n");
    }

    @Test
    void moves() {
        assertThat(print(Fixtures.message("event-12-migrate.hex"), EXTENDED)).isEqualTo("""
                        Migrated src 10.11.0.0/16 dst 10.12.0.0/16\s
                        \tdir out ptype main\s
                        \tmigrate proto esp reqid 16385 mode tunnel
                        \t\told src 2001:db8::1 dst 2001:db8::f
                        \t\tnew src 2001:db8::1 dst 2001:db8::e
                        """);
    }

    /** A request has all moves in one attribute. */
    @Test
    void movesOfARequestOnOneLine() {
        XfrmAddress one = new XfrmAddress(0x0a000001, 0, 0, 0);
        XfrmAddress two = new XfrmAddress(0x0a000002, 0, 0, 0);
        XfrmUserMigrate move =
                new XfrmUserMigrate(one, two, two, one, (byte) 50, (byte) 0, (short) 0, 7, (short) 2, (short) 2);
        NetlinkMessage message = write(
                XfrmMsg.MIGRATE,
                out -> out.body(new byte[XfrmUserpolicyId.CODEC.size()])
                        .attribute(
                                Xfrma.KMADDRESS, XfrmUserKmaddress.CODEC, new XfrmUserKmaddress(one, two, 0, (short) 2))
                        .attribute(Xfrma.MIGRATE, 2 * XfrmUserMigrate.CODEC.size(), payload -> {
                            XfrmUserMigrate.CODEC.write(payload, 0, move);
                            XfrmUserMigrate.CODEC.write(payload, XfrmUserMigrate.CODEC.size(), move);
                        })
                        .attributeU32(Xfrma.IF_ID, 9));
        String moved = "\tmigrate proto esp reqid 7 mode transport\\\t\told src 10.0.0.2 dst 10.0.0.1\\"
                + "\t\tnew src 10.0.0.1 dst 10.0.0.2\\";
        assertThat(print(message, EXTENDED.withOneline(true).withStatistics(true)))
                .isEqualTo("Migrated src ???/0 dst ???/0 uid 0\\\tdir in index 0 \\" + moved + moved
                        + "\tkmaddress local 10.0.0.1 remote 10.0.0.2\\\tif_id 0x9\\\n");
    }

    @Test
    void theNumbersOfAnAsyncEvent() {
        assertThat(print(Fixtures.message("event-05-newae.hex"), EXTENDED)).isEqualTo("""
                        Async event  (0x40)  policy updated\s
                        \tsrc 192.0.2.1 dst 192.0.2.2  reqid 0x1 protocol esp  SPI 0x1001
                        \tanti-replay context: seq 0x9, oseq 0x7, bitmap 0x00000001
                        \tlifetime current:
                        \t  0(bytes), 0(packets)
                        \t  add 2026-11-23 11:51:25 use -
                        """);
    }

    @Test
    void theThresholdsOfAnAsyncEvent() {
        NetlinkMessage message = write(
                XfrmMsg.NEWAE,
                out -> out.body(new byte[48])
                        .attributeU32(Xfrma.REPLAY_THRESH, 2)
                        .attributeU32(Xfrma.ETIMER_THRESH, 10));
        assertThat(print(message, EXTENDED.withOneline(true)))
                .endsWith("SPI 0x0\n\treplay-threshold 2\\\ttimer-threshold 10\\\n");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "EXTENDED")
    void noneOfItInTheOutputOfARelease(Version version) {
        TextOptions options = EXTENDED.withVersion(version);
        assertThat(print(Fixtures.message("event-12-migrate.hex"), options))
                .isEqualTo("Unknown message: 00000172 0x00000021 0x00000000\n");
        assertThat(print(Fixtures.message("event-05-newae.hex"), options).lines())
                .hasSize(2);
        NetlinkMessage message = state(out ->
                out.attributeU32(Xfrma.NAT_KEEPALIVE_INTERVAL, 20).attribute(Xfrma.IPTFS_DONT_FRAG, new byte[0]));
        assertThat(print(message, options)).isEqualTo(print(state(out -> {}), options));
    }

    private static String print(NetlinkMessage message, TextOptions options) {
        StringBuilder text = new StringBuilder();
        List<String> complaints = new MessageText(options).print(message, text);
        assertThat(complaints).isEmpty();
        return text.toString();
    }

    private static NetlinkMessage state(Consumer<MessageWriter> attributes) {
        return write(XfrmMsg.NEWSA, out -> attributes.accept(out.body(new byte[XfrmUsersaInfo.CODEC.size()])));
    }

    private static byte[] zeros(int length, int but, byte value) {
        return ByteBuffer.allocate(length).put(but, value).array();
    }

    private static NetlinkMessage write(int type, Consumer<MessageWriter> content) {
        MessageWriter out = new MessageWriter(ByteOrder.LITTLE_ENDIAN);
        out.begin(type, 0, 0, 0);
        content.accept(out);
        return RandomMessages.message(out.end().datagram());
    }
}
