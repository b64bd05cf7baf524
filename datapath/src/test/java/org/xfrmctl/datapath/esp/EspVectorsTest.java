package org.xfrmctl.datapath.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.PacketVectors;
import org.xfrmctl.datapath.PacketVectors.Vector;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Spi;

/** Packets of a real kernel: opened to what it decrypted, and sealed to the same bytes. */
class EspVectorsTest {
    private static final PacketVectors VECTORS = PacketVectors.load();
    private static final Spi SPI = new Spi(0x111);
    private static final Key GCM_KEY = Key.of(HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f1011121314"));
    private static final Key CBC_KEY = Key.of(HexFormat.of().parseHex("101112131415161718191a1b1c1d1e1f"));
    private static final Key SHA256_KEY =
            Key.of(HexFormat.of().parseHex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"));

    @ParameterizedTest
    @CsvSource({
        "esp-gcm16-v4tun-v4,      gcm128, 1,           false, 20",
        "esp-gcm8-v4tun-v4,       gcm64,  1,           false, 20",
        "esp-gcm16-esn-hi5,       gcm128, 21474836522, true,  20",
        "esp-cbc-sha256-v4tun-v4, cbc,    1,           false, 20",
        "esp-cbc-sha256-esn-hi5,  cbc,    21474836522, true,  20",
        "esp-null-sha256-v4tun-v4, null,  1,           false, 20",
        "esp-gcm16-v6tun-v6,      gcm128, 1,           false, 40",
        "esp-cbc-v6tun-v6,        cbc,    1,           false, 40",
        "esp-gcm16-udpencap-4500, gcm128, 1,           false, 28",
    })
    void opensAndSealsAsTheKernel(String name, String suite, long sequence, boolean esn, int outerLength) {
        Vector vector = VECTORS.get(name);
        byte[] esp = Arrays.copyOfRange(vector.wire(), outerLength, vector.wire().length);
        byte[] inner = forwarded(vector.plainIn());
        long salt = suite.startsWith("gcm") ? ByteBuffer.wrap(esp).getLong(8) ^ sequence : 0;
        EspTransform transform = EspTransform.of(algorithms(suite), SPI, esn, () -> salt);

        PacketBuffer packet = PacketBuffer.of(esp);
        int nextHeader = transform.open(packet, sequence);
        assertThat(nextHeader).isEqualTo(name.contains("v6tun") ? 41 : 4);
        assertThat(packet.toBytes()).isEqualTo(inner);

        PacketBuffer payload = PacketBuffer.of(inner);
        transform.seal(payload, nextHeader, sequence, 0);
        assertThat(payload.length()).isEqualTo(esp.length);
        if (!suite.equals("cbc")) {
            assertThat(payload.toBytes()).isEqualTo(esp);
        }
    }

    @ParameterizedTest
    @CsvSource({"esp-gcm16-esn-hi5, gcm128", "esp-cbc-sha256-esn-hi5, cbc"})
    void theUpperHalfOfAnExtendedNumberIsAuthenticated(String name, String suite) {
        byte[] wire = VECTORS.get(name).wire();
        EspTransform transform = EspTransform.of(algorithms(suite), SPI, true, () -> 0);
        PacketBuffer packet = PacketBuffer.of(Arrays.copyOfRange(wire, 20, wire.length));
        assertThat(transform.open(packet, 6L << 32 | 42)).isEqualTo(EspTransform.INTEGRITY_FAILED);
    }

    private static List<Algorithm> algorithms(String suite) {
        Algorithm sha256 = new Algorithm.Authentication("hmac(sha256)", SHA256_KEY, 128);
        return switch (suite) {
            case "gcm128" -> List.of(new Algorithm.Aead("rfc4106(gcm(aes))", GCM_KEY, 128));
            case "gcm64" -> List.of(new Algorithm.Aead("rfc4106(gcm(aes))", GCM_KEY, 64));
            case "cbc" -> List.of(new Algorithm.Encryption("cbc(aes)", CBC_KEY), sha256);
            default -> List.of(sha256, new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY));
        };
    }

    /** The gateway has counted down the TTL before it sealed the packet. */
    private static byte[] forwarded(byte[] plain) {
        PacketBuffer packet = PacketBuffer.of(plain);
        IpHeader header = IpHeader.read(packet).orElseThrow();
        header.hopLimit(header.hopLimit() - 1);
        header.finish(packet.length());
        return packet.toBytes();
    }
}
