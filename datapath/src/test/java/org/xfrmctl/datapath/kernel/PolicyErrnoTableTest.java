package org.xfrmctl.datapath.kernel;

import static org.xfrmctl.datapath.kernel.Crafted.DELPOLICY;
import static org.xfrmctl.datapath.kernel.Crafted.FLUSHPOLICY;
import static org.xfrmctl.datapath.kernel.Crafted.GETPOLICY;
import static org.xfrmctl.datapath.kernel.Crafted.GETSA;
import static org.xfrmctl.datapath.kernel.Crafted.NEWPOLICY;
import static org.xfrmctl.datapath.kernel.Crafted.NEWSA;
import static org.xfrmctl.datapath.kernel.Crafted.UPDPOLICY;
import static org.xfrmctl.datapath.kernel.Crafted.policy;
import static org.xfrmctl.datapath.kernel.Crafted.policyId;
import static org.xfrmctl.datapath.kernel.Crafted.state;
import static org.xfrmctl.datapath.kernel.Crafted.template;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * The table result-netlink-errno-policy.txt from its first line to its last, in one kernel as when it was captured. Of
 * networks that the table does not name each has one of its own.
 */
class PolicyErrnoTableTest {
    private static final int EXPIRE = 24;
    private static final int POLEXPIRE = 27;
    private static final int NEWAE = 30;
    private static final int GETAE = 31;
    private static final int MIGRATE = 33;
    private static final int GETSADINFO = 35;
    private static final int NEWSPDINFO = 36;
    private static final int GETSPDINFO = 37;
    private static final int SETDEFAULT = 39;
    private static final int GETDEFAULT = 40;
    private static final int IN = 0;
    private static final int FWD = 2;
    private static final byte[] SUB = {1, 0, 0, 0, 0, 0};
    private static final byte[] ESP_TUNNEL = template(50, 1, 2, 0);

    private final ErrnoTable table = new ErrnoTable("result-netlink-errno-policy.txt");
    private int networks = 0x0a20_0000;

    @Test
    void everyLine() {
        keys();
        indexes();
        fields();
        templates();
        getAndDelete();
        defaults();
        information();
        flush();
        sequenceNumbers();
        expiry();
        table.row("MIGRATE no attr", policyId(MIGRATE));
        byte[] migrate = new byte[76];
        for (int end = 0; end < 4; end++) {
            migrate[16 * end] = 10;
            migrate[16 * end + 3] = (byte) (end + 1);
        }
        migrate[64] = 50;
        migrate[65] = 1;
        migrate[72] = 2;
        migrate[74] = 2;
        table.row("MIGRATE nomatch", policyId(MIGRATE).attribute(17, migrate));
        table.assertSame();
    }

    private static Crafted tunnel(int type) {
        return policy(type).templates(ESP_TUNNEL);
    }

    /** A policy for a network of its own. */
    private Crafted another() {
        networks += 0x1_0000;
        return policy(NEWPOLICY).address(16, Integer.toHexString(networks));
    }

    private void keys() {
        table.row("NEWPOLICY out", tunnel(NEWPOLICY));
        table.row("NEWPOLICY again", tunnel(NEWPOLICY));
        table.row("NEWPOLICY same sel other prio", tunnel(NEWPOLICY).u32(152, 7));
        table.row("NEWPOLICY same sel dir in", tunnel(NEWPOLICY).u8(160, IN));
        table.row("NEWPOLICY same sel mark 1/ff", tunnel(NEWPOLICY).mark(1, 0xff));
        table.row(
                "NEWPOLICY same sel mark 0x101/ff (masked =1)",
                tunnel(NEWPOLICY).mark(0x101, 0xff));
        table.row("NEWPOLICY same sel if_id 9", tunnel(NEWPOLICY).words(31, 9));
        table.row("NEWPOLICY same sel type SUB", tunnel(NEWPOLICY).attribute(16, SUB));
        table.row("NEWPOLICY type 7", tunnel(NEWPOLICY).attribute(16, new byte[] {7, 0, 0, 0, 0, 0}));
        table.row(
                "NEWPOLICY same net w/ host bits set in sel", tunnel(NEWPOLICY).address(16, "0a000001"));
        dump();
    }

    private void indexes() {
        table.row(
                "UPDPOLICY existing, new prio 77 action block",
                policy(UPDPOLICY).u32(152, 77).u8(161, 1));
        table.row(
                "UPDPOLICY nonexisting",
                policy(UPDPOLICY).address(16, "0a090000").u8(160, FWD));
        Crafted explicit = policy(NEWPOLICY).address(16, "0a080000").u32(156, 1001);
        table.row("NEWPOLICY explicit index 1001 (dir out =1)", explicit);
        table.row("NEWPOLICY explicit index 1001 dup idx", explicit.address(16, "0a070000"));
        table.row("NEWPOLICY index dir mismatch", another().u32(156, 1002));
        dump();
    }

    private void fields() {
        table.row("dir 3", another().u8(160, 3));
        table.row("action 2", another().u8(161, 2));
        table.row("share 9", another().u8(163, 9));
        table.row("sel family 0", another().u16(40, 0));
        table.row("plen 33", another().u8(42, 33));
        table.row("flags 0xff", another().u8(162, 0xff));
    }

    private void templates() {
        table.row("tmpl proto 4", another().templates(template(4, 1, 2, 0)));
        table.row("tmpl proto 0", another().templates(template(0, 1, 2, 0)));
        table.row("tmpl proto 255 (any)", another().templates(template(255, 1, 2, 0)));
        table.row("tmpl mode 5", another().templates(template(50, 5, 2, 0)));
        table.row("tmpl mode 3", another().templates(template(50, 3, 2, 0)));
        table.row("tmpl family 99", another().templates(template(50, 1, 99, 0)));
        table.row("tmpl transport family change", another().templates(template(50, 0, 10, 0)));
        table.row("tmpl optional tunnel OUT", another().templates(template(50, 1, 2, 1)));
        table.row("tmpl optional tunnel IN", another().u8(160, IN).templates(template(50, 1, 2, 1)));
        table.row("tmpl optional transport OUT", another().templates(template(50, 0, 2, 1)));
        table.row("6 templates", another().templates(times(6)));
        table.row("7 templates", another().templates(times(7)));
        table.row("tmpl 63 bytes", another().attribute(5, new byte[63]));
        table.row("tmpl 64+10 bytes", another().templates(ESP_TUNNEL, new byte[10]));
        // The table does not say of which direction this one is. GETSPDINFO below counts one more that is forwarded.
        table.row("block + templates", another().u8(160, FWD).u8(161, 1).templates(ESP_TUNNEL));
    }

    private static byte[][] times(int count) {
        byte[][] templates = new byte[count][];
        Arrays.fill(templates, ESP_TUNNEL);
        return templates;
    }

    private void getAndDelete() {
        table.row("GETPOLICY by sel no mark", policyId(GETPOLICY));
        table.row("GETPOLICY by sel mark 1/ff", policyId(GETPOLICY).mark(1, 0xff));
        table.row("GETPOLICY by sel mark 1/f", policyId(GETPOLICY).mark(1, 0xf));
        table.row("GETPOLICY by index 1001", policyId(GETPOLICY).u32(56, 1001));
        table.row(
                "GETPOLICY by index 1001 wrong dir",
                policyId(GETPOLICY).u32(56, 1001).u8(60, IN));
        table.row("GETPOLICY missing", policyId(GETPOLICY).address(16, "0a630000"));
        table.row("GETPOLICY dir 9", policyId(GETPOLICY).u8(60, 9));
        table.row("GETPOLICY if_id 9", policyId(GETPOLICY).words(31, 9));
        table.row("DELPOLICY missing", policyId(DELPOLICY).address(16, "0a630000"));
        table.row("DELPOLICY by index 1001", policyId(DELPOLICY).u32(56, 1001));
        table.row("DELPOLICY by sel", policyId(DELPOLICY));
        table.row("DELPOLICY by sel 2", policyId(DELPOLICY));
    }

    private void defaults() {
        table.row("SETDEFAULT block in", defaults(1, 0, 0));
        table.row("GETDEFAULT", new Crafted(GETDEFAULT, 4));
        table.say(answer());
        table.row("SETDEFAULT 9 9 9 (ignored)", defaults(9, 9, 9));
        table.row("GETDEFAULT", new Crafted(GETDEFAULT, 4));
        table.say(answer());
        table.row("SETDEFAULT accept in", defaults(2, 0, 0));
        table.row("GETDEFAULT 3 bytes", new Crafted(GETDEFAULT, 3));
        table.say(answer());
        table.row("GETDEFAULT no payload", new Crafted(GETDEFAULT, 0));
    }

    private static Crafted defaults(int in, int fwd, int out) {
        return new Crafted(SETDEFAULT, 4).u8(0, in).u8(1, fwd).u8(2, out);
    }

    private String answer() {
        return ErrnoTable.hex(table.answers().get(0));
    }

    private String values(int body) {
        return StateText.attributes(table.answers().get(0), body, true);
    }

    private void information() {
        table.row("GETSPDINFO", new Crafted(GETSPDINFO, 4).u32(0, -1));
        table.say(answer());
        table.say(values(4));
        table.row("NEWSPDINFO hthresh4 24/8", new Crafted(NEWSPDINFO, 4).attribute(3, new byte[] {24, 8}));
        table.row("NEWSPDINFO hthresh4 33", new Crafted(NEWSPDINFO, 4).attribute(3, new byte[] {33, 8}));
        table.row("NEWSPDINFO none", new Crafted(NEWSPDINFO, 4));
        table.row("GETSADINFO", new Crafted(GETSADINFO, 4).u32(0, -1));
        table.say(answer() + " " + values(4));
    }

    private void flush() {
        table.row("FLUSHPOLICY", new Crafted(FLUSHPOLICY, 0));
        table.row("FLUSHPOLICY empty", new Crafted(FLUSHPOLICY, 0));
        dump();
        table.row("FLUSHPOLICY sub", new Crafted(FLUSHPOLICY, 0).attribute(16, SUB));
        dump();
        table.say("done " + table.done(GETPOLICY));
    }

    private void sequenceNumbers() {
        table.row("NEWAE no attrs", replacing(number(NEWAE)));
        table.row("NEWAE w/o REPLACE", moved(number(NEWAE)));
        table.row("NEWAE missing SA", replacing(moved(number(NEWAE))));
        Crafted added = state(NEWSA, 1).address(56, "02020202").address(80, "01010101");
        byte[] aead = Crafted.algorithm("rfc4106(gcm(aes))", 20, 128);
        for (int i = 0; i < 20; i++) {
            aead[72 + i] = (byte) (i + 1);
        }
        table.row("add sa", added.attribute(18, aead));
        table.row("NEWAE replay oseq 100 seq 5", replacing(moved(number(NEWAE))));
        table.row("GETAE flags 0", number(GETAE));
        table.say(answer());
        table.say(values(48));
        table.row("GETAE flags RTHR|ETHR=9", number(GETAE).u32(40, 9));
        table.say(values(48));
        table.row(
                "GETSA",
                new Crafted(GETSA, 24)
                        .address(0, "02020202")
                        .spiAt(16, 1)
                        .u16(20, 2)
                        .u8(22, 50));
        byte[] stored = table.answers().get(0);
        table.say(StateText.fields(stored) + ", 'attrs': " + python(stored) + ", 'family': " + StateText.family(stored)
                + "}");
    }

    private static Crafted number(int type) {
        return new Crafted(type, 48)
                .address(0, "02020202")
                .spiAt(16, 1)
                .u16(20, 2)
                .u8(22, 50)
                .address(24, "01010101")
                .u32(44, 1);
    }

    /** Sequence numbers and bitmap; bytes, packets and two times, 64 bits each. */
    private static Crafted moved(Crafted request) {
        return request.words(10, 100, 5, 3).words(9, 1000, 0, 10, 0, 111, 0, 222, 0);
    }

    private static byte[] replacing(Crafted request) {
        byte[] bytes = request.bytes();
        KernelFixtures.buffer(bytes).putShort(6, (short) 0x105);
        return bytes;
    }

    /** The attributes as Python prints their bytes. */
    private static String python(byte[] message) {
        ByteBuffer buffer = KernelFixtures.buffer(message);
        StringBuilder text = new StringBuilder("[");
        for (int at = 16 + StateText.LENGTH; at < message.length; at += (buffer.getShort(at) + 3) & ~3) {
            text.append(text.length() > 1 ? ", (" : "(")
                    .append(buffer.getShort(at + 2))
                    .append(", b'");
            for (int i = at + 4; i < at + buffer.getShort(at); i++) {
                text.append(python(Byte.toUnsignedInt(message[i])));
            }
            text.append("')");
        }
        return text.append(']').toString();
    }

    private static String python(int each) {
        return switch (each) {
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> each >= ' ' && each < 127 ? Character.toString(each) : String.format("\\x%02x", each);
        };
    }

    private void expiry() {
        Crafted expiring = new Crafted(EXPIRE, 232)
                .address(56, "02020202")
                .spi(1)
                .u8(76, 50)
                .address(80, "01010101")
                .u16(212, 2);
        table.row("EXPIRE (user) soft", expiring);
        table.row("EXPIRE hard", expiring.u8(224, 1));
        table.row("EXPIRE hard again", expiring);
        table.row("POLEXPIRE missing", policy(POLEXPIRE).cut(176));
    }

    private void dump() {
        for (byte[] message : table.kernel().dump(GETPOLICY)) {
            ByteBuffer buffer = KernelFixtures.buffer(message);
            table.say(String.format(
                    "dir %d prio %d index %d action %d flags %d sel %s %d %s %d attrs %s",
                    message[16 + 160],
                    buffer.getInt(16 + 152),
                    buffer.getInt(16 + 156),
                    message[16 + 161],
                    message[16 + 162],
                    HexFormat.of().formatHex(message, 32, 36),
                    message[16 + 43],
                    HexFormat.of().formatHex(message, 16, 20),
                    message[16 + 42],
                    StateText.attributes(message, 168, false)));
        }
    }
}
