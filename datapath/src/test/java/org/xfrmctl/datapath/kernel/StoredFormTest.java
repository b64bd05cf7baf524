package org.xfrmctl.datapath.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.kernel.Crafted.GETSA;
import static org.xfrmctl.datapath.kernel.Crafted.NEWSA;
import static org.xfrmctl.datapath.kernel.Crafted.UPDSA;
import static org.xfrmctl.datapath.kernel.Crafted.bare;
import static org.xfrmctl.datapath.kernel.Crafted.comp;
import static org.xfrmctl.datapath.kernel.Crafted.state;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfrmctl.model.Algorithm.Authentication;
import org.xfrmctl.model.Algorithm.Compression;
import org.xfrmctl.model.Algorithm.Encryption;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.xfrm.StateCodec;

/** What becomes of a request's values once they are in the table. */
class StoredFormTest {
    private final KernelUnderTest kernel = new KernelUnderTest();

    @Test
    void aliasesAreKeptUnderTheirFullNamesWithTheDefaultLength() {
        XfrmState stored = stored(bare(0x100).crypt("aes", 16).auth("sha256", 32));
        assertThat(stored.algorithm(Encryption.class).orElseThrow().name()).isEqualTo("cbc(aes)");
        Authentication integrity = stored.algorithm(Authentication.class).orElseThrow();
        assertThat(integrity.name()).isEqualTo("hmac(sha256)");
        assertThat(integrity.truncationBits()).isEqualTo(96);
    }

    @Test
    void aWindowIsCappedToOneWord() {
        assertThat(stored(state(NEWSA, 0x100).u8(215, 255)).replay().window()).isEqualTo(32);
    }

    @Test
    void aMarkIsStoredUnderItsMask() {
        assertThat(stored(state(NEWSA, 0x100).mark(0x105, 0xff)).mark()).isEqualTo(new Mark(5, 0xff));
    }

    @Test
    void anOutputMarkWithoutMaskCoversAllBits() {
        assertThat(stored(state(NEWSA, 0x100).words(29, 8)).options().outputMark())
                .contains(new Mark(8, -1));
    }

    @Test
    void aCompressorsKeyIsForgotten() {
        Crafted request = comp(0x100).attribute(3, Crafted.algorithm("deflate", 4));
        assertThat(stored(request).algorithm(Compression.class)).contains(Compression.DEFLATE);
    }

    @Test
    void unknownAttributesAreForgotten() {
        assertThat(stored(state(NEWSA, 0x100).words(33, 1).words(200, 1))
                        .options()
                        .other())
                .isEmpty();
    }

    /** Seen on Linux 6.1: the rest of an update is checked and then ignored, the key above all. */
    @Test
    void anUpdateChangesLimitsMarksAndInterfaceOnly() {
        kernel.ask(state(NEWSA, 0x100).bytes());
        byte[] otherKey = Crafted.algorithm("rfc4106(gcm(aes))", 20, 128);
        Arrays.fill(otherKey, 72, 92, (byte) 9);
        Crafted update = state(UPDSA, 0x100)
                .u32(208, 99)
                .u8(214, 0)
                .attribute(18, otherKey)
                .words(29, 8)
                .words(31, 44);
        XfrmState stored = stored(update);
        assertThat(stored.reqid().bits()).isEqualTo(1);
        assertThat(stored.mode()).isEqualTo(Mode.TUNNEL);
        assertThat(stored.options().outputMark()).isEqualTo(Optional.of(new Mark(8, -1)));
        assertThat(stored.ifId().bits()).isEqualTo(44);
        XfrmState fresh = decode(state(NEWSA, 0x100).bytes());
        assertThat(stored.algorithms()).isEqualTo(fresh.algorithms());
    }

    /** The tail of a real kernel's ack (6.18) to the same mistake. */
    @Test
    void aNumberThatIsTooShortIsDescribed() {
        List<byte[]> answers = kernel.ask(
                Crafted.policy(Crafted.NEWPOLICY).attribute(31, new byte[2]).bytes());
        String hex = HexFormat.of().formatHex(answers.get(0));
        assertThat(hex)
                .endsWith("08000200b8000000240004800c00040000000000000000000c000500ffffffff000000000800010004000000");
    }

    private XfrmState stored(Crafted request) {
        assertThat(kernel.errno(request.bytes())).isZero();
        List<byte[]> dump = kernel.dump(GETSA);
        return decode(dump.get(0));
    }

    private static XfrmState decode(byte[] message) {
        return StateCodec.decode(
                NetlinkMessage.split(KernelFixtures.buffer(message)).get(0));
    }
}
