package org.xfrmctl.datapath.kernel;

import static org.xfrmctl.datapath.kernel.Crafted.DELSA;
import static org.xfrmctl.datapath.kernel.Crafted.FLUSHSA;
import static org.xfrmctl.datapath.kernel.Crafted.GETSA;
import static org.xfrmctl.datapath.kernel.Crafted.NEWSA;
import static org.xfrmctl.datapath.kernel.Crafted.UPDSA;
import static org.xfrmctl.datapath.kernel.Crafted.ah;
import static org.xfrmctl.datapath.kernel.Crafted.bare;
import static org.xfrmctl.datapath.kernel.Crafted.comp;
import static org.xfrmctl.datapath.kernel.Crafted.id;
import static org.xfrmctl.datapath.kernel.Crafted.state;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The table result-netlink-errno-sa.txt from its first line to its last, in one kernel as when it was captured. */
class StateErrnoTableTest {
    private static final int ALLOCSPI = 22;
    private static final int GETSADINFO = 35;
    private static final byte[] SOURCE = {10, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private final ErrnoTable table = new ErrnoTable("result-netlink-errno-sa.txt");

    @Test
    void everyLine() {
        table.say("== SA add errors");
        keys();
        algorithms();
        fields();
        sequenceNumbers();
        otherProtocols();
        attributes();
        table.say("== get/del");
        getAndDelete();
        table.say("== allocspi");
        allocate();
        table.say("== SAD dump");
        dump();
        table.say("== msg types");
        types();
        table.assertSame();
    }

    private void keys() {
        table.row("NEWSA gcm tunnel spi 0x100", state(NEWSA, 0x100));
        table.row("NEWSA same again", state(NEWSA, 0x100));
        table.row(
                "NEWSA same dst/spi/proto, other src+reqid",
                state(NEWSA, 0x100).address(80, "0a000009").u32(208, 9));
        table.row("NEWSA same id but XFRMA_MARK 5/0xff", state(NEWSA, 0x100).mark(5, 0xff));
        table.row("NEWSA same id, if_id 3", state(NEWSA, 0x100).words(31, 3));
        table.row("NEWSA spi 0x101 mark 5/0xff first", state(NEWSA, 0x101).mark(5, 0xff));
        table.row("NEWSA spi 0x101 nomark second", state(NEWSA, 0x101));
        table.row("NEWSA spi 0x101 mark 6/0xff", state(NEWSA, 0x101).mark(6, 0xff));
        table.row("NEWSA spi 0", state(NEWSA, 0));
        table.row("NEWSA spi 0 again", state(NEWSA, 0));
        table.row("NEWSA spi 5 (reserved 1..255)", state(NEWSA, 5));
        table.row("UPDSA spi 0x999 nonexistent", state(UPDSA, 0x999));
        table.row("UPDSA existing 0x100", state(UPDSA, 0x100));
        table.row(
                "UPDSA existing 0x100 with encap where none",
                state(UPDSA, 0x100).encap(2));
    }

    private void algorithms() {
        table.row("ESP no alg", bare(0x1ff));
        table.row("ESP auth only", bare(0x200).auth("hmac(sha256)", 32));
        table.row("ESP crypt only (no auth)", bare(0x201).crypt("cbc(aes)", 16));
        table.row("ESP aead+auth", state(NEWSA, 0x202).auth("hmac(sha256)", 32));
        table.row("ESP unknown aead", state(NEWSA, 0x203).aead("foo", 20, 128));
        table.row("ESP gcm icv 120", state(NEWSA, 0x204).aead("rfc4106(gcm(aes))", 20, 120));
        table.row("ESP gcm key 19 bytes", state(NEWSA, 0x205).aead("rfc4106(gcm(aes))", 19, 128));
        table.row("ESP cbc(aes) key 15 bytes", bare(0x206).crypt("cbc(aes)", 15));
        table.row("ESP unknown crypt", bare(0x207).crypt("foo", 16));
        table.row("ESP unknown auth", bare(0x208).crypt("cbc(aes)", 16).auth("foo", 16));
        table.row("ESP trunc len > full", bare(0x209).crypt("cbc(aes)", 16).authTrunc("hmac(sha256)", 32, 264));
        table.row("ESP compat names aes/sha256", bare(0x20a).crypt("aes", 16).auth("sha256", 32));
        byte[] cut = Arrays.copyOf(Crafted.algorithm("rfc4106(gcm(aes))", 20, 128), 80);
        table.row("ESP key attr short", state(NEWSA, 0x20b).attribute(18, cut));
        table.row("ESP aead attr <72 bytes", state(NEWSA, 0x20c).attribute(18, new byte[71]));
    }

    private void fields() {
        table.row("ESP mode 9", state(NEWSA, 0x20d).u8(214, 9));
        table.row("ESP mode 3 (in_trigger)", state(NEWSA, 0x20e).u8(214, 3));
        table.row("ESP mode 2 (ro)", state(NEWSA, 0x20f).u8(214, 2));
        table.row("family 0", state(NEWSA, 0x210).u16(212, 0));
        table.row("family 99", state(NEWSA, 0x210).u16(212, 99));
        table.row("sel plen 33", state(NEWSA, 0x210).u8(42, 33));
        table.row(
                "sel family v6 in transport v4", state(NEWSA, 0x210).u8(214, 0).u16(40, 10));
        table.row("sel family v6 in tunnel v4", state(NEWSA, 0x211).u16(40, 10));
        table.row("proto 4 (ipip) by user", state(NEWSA, 0x212).u8(76, 4));
        table.row("proto 255", state(NEWSA, 0x212).u8(76, 255));
        table.row("tfcpad transport", state(NEWSA, 0x212).u8(214, 0).words(22, 100));
    }

    private void sequenceNumbers() {
        table.row("ESN flag w/o ESN_VAL", state(NEWSA, 0x213).u8(216, 128));
        table.row("ESN val win 0", state(NEWSA, 0x213).esn(4, 0));
        table.row("ESN val win 256 bmp 4", state(NEWSA, 0x213).esn(4, 256));
        table.row("ESN val bmp 129", state(NEWSA, 0x213).esn(129, 128));
        table.row("ESN val w/ legacy window 32", state(NEWSA, 0x213).esn(4, 128).u8(215, 32));
        table.row(
                "ESN attr hdr only (24 bytes) bmp 4 win 128",
                state(NEWSA, 0x214).u8(216, 128).words(23, 4, 0, 0, 0, 0, 128));
        table.row("ESN attr partial bitmap", state(NEWSA, 0x215).u8(216, 128).words(23, 4, 0, 0, 0, 0, 128, 0, 0));
        table.row("ESN_VAL on COMP", comp(0x215).compress("deflate").words(23, 1, 0, 0, 0, 0, 32, 0));
    }

    private void otherProtocols() {
        table.row("AH no alg", ah(0x216));
        table.row("AH with crypt", ah(0x216).auth("hmac(sha1)", 20).crypt("cbc(aes)", 16));
        table.row("AH encap", ah(0x217).auth("hmac(sha1)", 20).encap(2));
        table.row("AH BEET mode v4", ah(0x218).auth("hmac(sha256)", 32).u8(214, 4));
        table.row("COMP no alg", comp(0x219));
        table.row("COMP lzs", comp(0x219).compress("lzs"));
        table.row("COMP cpi 0x10000", comp(0x10000).compress("deflate"));
        table.row("COMP cpi 2 (wellknown)", comp(2).compress("deflate"));
        table.row("COMP cpi 0x1234 beet", comp(0x1234).compress("deflate").u8(214, 4));
        table.row("COMP encap", comp(0x1234).compress("deflate").encap(2));
        table.row("encap type 7", state(NEWSA, 0x21a).encap(7));
        table.row("encap type 3 (non-esp tcp?)", state(NEWSA, 0x21a).encap(3));
        table.row("mtimer w/o encap", state(NEWSA, 0x21b).words(32, 5));
    }

    private void attributes() {
        table.row("truncated payload (100 bytes)", bare(0x21b).cut(100));
        table.row("unknown attr 35 (SA_PCPU) ignored?", state(NEWSA, 0x21c).words(35, 1));
        table.row("attr 34 SA_DIR=1", state(NEWSA, 0x21d).attribute(33, new byte[] {1}));
        table.row("attr 33 (SA_DIR) =1", state(NEWSA, 0x21e).attribute(33, new byte[] {1}));
        table.row("attr 200 unknown", state(NEWSA, 0x21f).words(200, 1));
        table.row("trailing 3 junk bytes", state(NEWSA, 0x220).tail(3));
        byte[] aead = Crafted.algorithm("rfc4106(gcm(aes))", 20, 128);
        table.row("attr NLA_F_NESTED flagged type", bare(0x221).attribute(0x8000 | 18, aead));
        table.row("u32 attr of 8 bytes (IF_ID)", state(NEWSA, 0x222).words(31, 1, 2));
        table.row("u32 attr of 2 bytes (IF_ID)", state(NEWSA, 0x223).attribute(31, new byte[2]));
    }

    private void getAndDelete() {
        table.row("GETSA 0x100", id(GETSA, 0x100));
        table.unacknowledged("GETSA 0x100 w/o ACK flag", id(GETSA, 0x100));
        table.row("GETSA missing", id(GETSA, 0x999));
        table.row("GETSA 0x101 mark 5/ffffffff", id(GETSA, 0x101).mark(5, -1));
        table.row("GETSA 0x101 no mark", id(GETSA, 0x101));
        table.row("GETSA proto 4 w/o SRCADDR", id(GETSA, 0).u8(22, 4));
        table.row("GETSA proto 4 with SRCADDR", id(GETSA, 0).u8(22, 4).attribute(13, SOURCE));
        table.row("DELSA missing", id(DELSA, 0x999));
        table.row("DELSA proto 4 implicit ipip", id(DELSA, 0).u8(22, 4).attribute(13, SOURCE));
        table.row("DELSA 0x100", id(DELSA, 0x100));
        table.row("DELSA 0x100 again", id(DELSA, 0x100));
    }

    private static Crafted allocate(int protocol, int lowest, int highest) {
        return state(ALLOCSPI, 0)
                .without(18)
                .cut(232)
                .u8(76, protocol)
                .u32(208, 0)
                .u32(224, lowest)
                .u32(228, highest);
    }

    private void allocate() {
        table.row("ALLOCSPI esp c0000000-cfffffff", allocate(50, 0xc0000000, 0xcfffffff));
        table.say("   -> " + StateText.full(table.answers().get(0)));
        table.row("ALLOCSPI again same tuple (new acq?)", allocate(50, 0xc0000000, 0xcfffffff));
        table.row("ALLOCSPI fixed 0x777", allocate(50, 0x777, 0x777));
        table.row("ALLOCSPI fixed 0x777 other dst", allocate(50, 0x777, 0x777).address(56, "0a000003"));
        table.row("ALLOCSPI fixed 0x777 again", allocate(50, 0x777, 0x777));
        table.row("ALLOCSPI min>max", allocate(50, 0x778, 0x777));
        table.row("ALLOCSPI comp 0x100-0xefff", allocate(108, 0x100, 0xefff));
        table.row("ALLOCSPI comp max 0x10000", allocate(108, 0x100, 0x10000));
        table.row("ALLOCSPI proto 4", allocate(4, 0x100, 0x200));
        table.row("ALLOCSPI min=max=0", allocate(50, 0, 0));
        table.row("UPDSA on larval 0x777", state(UPDSA, 0x777).u32(208, 9));
        table.row("NEWSA on larval spi", allocate(50, 0x778, 0x778));
        table.row("  NEWSA 0x778", state(NEWSA, 0x778));
        table.row("GETSA larval", id(GETSA, 0x778));
    }

    private void dump() {
        table.kernel().dump(GETSA).forEach(message -> table.say("   " + StateText.brief(message)));
        table.say("done msg " + table.done(GETSA));
        table.row("GETSADINFO", new Crafted(GETSADINFO, 4));
        table.row("GETSADINFO short", new Crafted(GETSADINFO, 3));
        table.row("FLUSHSA comp", new Crafted(FLUSHSA, 1).u8(0, 108));
        table.row("FLUSHSA 1-byte payload all", new Crafted(FLUSHSA, 1));
        table.row("FLUSHSA empty table", new Crafted(FLUSHSA, 1));
        table.row("FLUSHSA no payload", new Crafted(FLUSHSA, 0));
        table.say("left " + table.kernel().dump(GETSA));
    }

    private void types() {
        table.row("type 0x29", new Crafted(0x29, 64));
        table.row("type 0x2a", new Crafted(0x2a, 64));
        table.row("type 0x40", new Crafted(0x40, 64));
        table.row("type 0x20", new Crafted(0x20, 64));
        table.row("type 0x22", new Crafted(0x22, 64));
        table.row("type 0x26", new Crafted(0x26, 64));
        table.row("type 0x0f", new Crafted(0x0f, 64));
    }
}
