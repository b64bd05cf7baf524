package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.host.Gateways.Plan;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;

/** Who cannot see the tunnel's packets does not steer its path MTU, and who can does not lower it below the floor. */
class ForgedErrorsTest {
    private static final int FITS = 1400;
    private static final int DOES_NOT_FIT = 1450;
    private static final int MTU = 1446;
    /** What {@code min_pmtu}, 552, leaves. */
    private static final int FLOOR = 498;
    /** Of the packet's own SPI, in its outer packet. */
    private static final int SPI = 20;

    private final Gateways gateways = Gateways.withAlice().espTunnel(Plan.V4);

    private byte[] sent() {
        gateways.alice.inject(packet(FITS));
        return gateways.onWan.get(gateways.onWan.size() - 1);
    }

    /** Somebody on the way says that a packet of the tunnel was too big for him. */
    private void claim(byte[] about, int mtu) {
        PacketBuffer quote = PacketBuffer.of(about, 0, 28);
        IcmpHeader.prepend(quote, IcmpHeader.V4_UNREACHABLE, IcmpHeader.V4_FRAGMENTATION_NEEDED, mtu);
        int length = quote.length();
        IpHeader ip = IpHeader.prepend(quote, ip("192.168.0.100"), ip("192.168.0.1"), 1);
        IcmpHeader.read(quote, 20).orElseThrow().updateChecksum(ip, length);
        gateways.carol.inject(quote);
    }

    /** What the inside is told. */
    private int toldMtu() {
        int seen = gateways.onLan.size();
        gateways.alice.inject(packet(DOES_NOT_FIT));
        return PacketBuffer.of(gateways.onLan.get(seen + 1)).u16(26);
    }

    private static PacketBuffer packet(int length) {
        PacketBuffer packet = PacketBuffer.of(new byte[length - 20]);
        Ipv4Header ip = Ipv4Header.prepend(packet, ip("10.1.0.10"), ip("192.168.0.100"), 17);
        ip.dontFragment(true);
        ip.identification(0x1234);
        ip.finish(length);
        return packet;
    }

    @Test
    void anotherSpiIsNobodys() {
        byte[] about = sent();
        about[SPI] ^= 1;
        claim(about, 600);
        assertThat(toldMtu()).isEqualTo(MTU);
    }

    @ParameterizedTest
    @ValueSource(ints = {551, 300, 68})
    void nobodyGetsBelowTheFloor(int mtu) {
        claim(sent(), mtu);
        assertThat(toldMtu()).isEqualTo(FLOOR);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 67})
    void whatNoLinkHasIsNotBelieved(int mtu) {
        claim(sent(), mtu);
        assertThat(toldMtu()).isEqualTo(MTU);
    }

    @ParameterizedTest
    @ValueSource(ints = {1500, 9000, 65535})
    void nobodyRaisesIt(int mtu) {
        claim(sent(), mtu);
        assertThat(toldMtu()).isEqualTo(MTU);
    }

    @Test
    void aFloodOfGuessesChangesNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] about = sent();
        int spi = PacketBuffer.of(about).i32(SPI);
        for (int i = 0; i < 20_000; i++) {
            int guess = random.nextInt();
            if (guess != spi) {
                byte[] forged = about.clone();
                ByteBuffer.wrap(forged).putInt(SPI, guess);
                claim(forged, 68 + random.nextInt(1400));
            }
        }
        assertThat(toldMtu()).as("seed " + seed).isEqualTo(MTU);
    }
}
