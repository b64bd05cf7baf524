package org.xfrmctl.model.mtu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;

class MtuSumTest {
    private static final IpAddress HERE = IpAddress.parse("192.0.2.1");
    private static final IpAddress THERE = IpAddress.parse("192.0.2.2");
    private static final IpAddress HERE6 = IpAddress.parse("2001:db8::1");
    private static final IpAddress THERE6 = IpAddress.parse("2001:db8::2");

    /** A state in the words of the tables below: protocol, mode, then algorithms, {@code udp}, {@code align4}. */
    private static XfrmState state(boolean v6, String words) {
        List<String> all = List.of(words.split(" ", -1));
        IpProtocol protocol = switch (all.get(0)) {
            case "esp" -> IpProtocol.ESP;
            case "ah" -> IpProtocol.AH;
            default -> IpProtocol.COMP;
        };
        XfrmState.Builder state = XfrmState.builder(
                        new SaId(v6 ? THERE6 : THERE, new Spi(0x100), protocol), v6 ? HERE6 : HERE)
                .mode(all.contains("tunnel") ? Mode.TUNNEL : all.contains("beet") ? Mode.BEET : Mode.TRANSPORT)
                .flags(all.contains("align4") ? StateFlags.NONE.with(StateFlag.ALIGN4) : StateFlags.NONE);
        List<Algorithm> algorithms = new ArrayList<>();
        all.forEach(word -> algorithms.addAll(algorithms(word)));
        if (all.contains("udp")) {
            Encap encap = new Encap(Encap.ESPINUDP, 4500, 4500, IpAddress.ANY_V4);
            state.options(StateOptions.NONE.withNatTraversal(NatTraversal.of(encap)));
        }
        return state.algorithms(algorithms).build();
    }

    private static List<Algorithm> algorithms(String word) {
        return switch (word) {
            case "gcm16" -> List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.EMPTY, 128));
            case "gcm12" -> List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.EMPTY, 96));
            case "gcm8" -> List.of(new Algorithm.Aead("rfc4106(gcm(aes))", Key.EMPTY, 64));
            case "chacha" -> List.of(new Algorithm.Aead("rfc7539esp(chacha20,poly1305)", Key.EMPTY, 128));
            case "cbc" -> List.of(new Algorithm.Encryption("cbc(aes)", Key.EMPTY));
            case "3des" -> List.of(new Algorithm.Encryption("cbc(des3_ede)", Key.EMPTY));
            case "ctr" -> List.of(new Algorithm.Encryption("rfc3686(ctr(aes))", Key.EMPTY));
            case "null" -> List.of(new Algorithm.Encryption("ecb(cipher_null)", Key.EMPTY));
            case "md5" -> List.of(new Algorithm.Authentication("hmac(md5)", Key.EMPTY, 96));
            case "sha1" -> List.of(new Algorithm.Authentication("hmac(sha1)", Key.EMPTY, 0));
            case "sha256" -> List.of(new Algorithm.Authentication("hmac(sha256)", Key.EMPTY, 128));
            case "sha512" -> List.of(new Algorithm.Authentication("hmac(sha512)", Key.EMPTY, 256));
            default -> List.of();
        };
    }

    /** {@code +} between them, innermost first. */
    private static MtuSum sum(boolean v6, String chain, int path) {
        List<XfrmState> states = List.of(chain.split(" \\+ ", -1)).stream()
                .map(words -> state(v6, words))
                .toList();
        return MtuSum.of(states, path);
    }

    /** What Linux 6.1 told senders of packets that were too long, on a path of 1500 bytes. */
    @ParameterizedTest
    @CsvSource({
        "esp tunnel gcm16,                        1446, 1426",
        "esp tunnel chacha,                       1446, 1426",
        "esp tunnel gcm12,                        1450, 1430",
        "esp tunnel gcm8,                         1454, 1434",
        "esp tunnel ctr sha256,                   1446, 1426",
        "esp tunnel cbc sha1,                     1438, 1422",
        "esp tunnel cbc sha256,                   1438, 1406",
        "esp tunnel cbc sha512,                   1422, 1390",
        "esp tunnel 3des md5,                     1446, 1430",
        "esp tunnel null sha1,                    1458, 1438",
        "ah tunnel sha256,                        1448, 1428",
        "ah tunnel sha1,                          1456, 1436",
        "comp tunnel,                             1480, 1460",
        "esp tunnel gcm16 udp,                    1438, 1418",
        "comp tunnel + esp transport gcm16,       1446, 1426",
        "comp tunnel + esp transport cbc sha256,  1438, 1406",
        "esp tunnel gcm16 + ah transport sha1,    1422, 1402",
        "esp transport gcm16,                     1466, 1466",
    })
    void whatTheKernelSays(String chain, int v4, int v6) {
        assertThat(sum(false, chain, 1500).left()).isEqualTo(v4);
        assertThat(sum(true, chain, 1500).left()).isEqualTo(v6);
    }

    /** A packet of what is left comes out within the path, the shares say where every byte went, and one more does not fit. */
    @ParameterizedTest
    @CsvSource({
        "esp tunnel gcm16",
        "esp tunnel cbc sha256 udp",
        "esp transport cbc sha512",
        "esp beet 3des sha1",
        "ah tunnel sha256",
        "ah transport sha256 align4",
        "comp tunnel + esp transport cbc sha256",
        "esp tunnel gcm16 + esp tunnel cbc sha1",
    })
    void everyByteIsSomewhere(String chain) {
        for (boolean v6 : new boolean[] {false, true}) {
            for (int path = 600; path < 700; path++) {
                for (Layer layer : sum(v6, chain, path).layers()) {
                    int shared = layer.shares().stream().mapToInt(Share::bytes).sum();
                    assertThat(layer.left() + shared).as(layer.toString()).isEqualTo(layer.before());
                    assertThat(layer.overhead().through(layer.before() - layer.lost()))
                            .isEqualTo(layer.left());
                    assertThat(layer.overhead().through(layer.before() - layer.lost() - 1))
                            .isLessThan(layer.left());
                }
            }
        }
    }

    @Test
    void aBlockCipherJumps() {
        assertThat(sum(false, "esp tunnel cbc sha256", 1500).layers().get(0).shares())
                .map(share -> share.part() + " " + share.bytes())
                .containsExactly(
                        "outer IPv4 header 20",
                        "header (SPI, sequence number) 8",
                        "initialization vector 16",
                        "trailer (pad length, next header) 2",
                        "integrity check value 16",
                        "lost to alignment 0");
        String lefts = List.of(1499, 1500, 1515, 1516).stream()
                .map(path -> Integer.toString(
                        sum(false, "esp tunnel cbc sha256", path).left()))
                .collect(Collectors.joining(" "));
        assertThat(lefts).isEqualTo("1422 1438 1438 1454");
    }

    @Test
    void nothingIsLeftOfTooLittle() {
        for (String chain :
                List.of("esp tunnel gcm16", "esp tunnel cbc sha256", "esp tunnel gcm16 + esp tunnel gcm16")) {
            MtuSum sum = sum(true, chain, 68);
            assertThat(sum.left()).as(chain).isEqualTo(1);
            assertThat(sum.leastPath()).as(chain).isEqualTo(1);
            assertThat(sum(true, chain, sum.mostPath()).left()).as(chain).isEqualTo(1);
            assertThat(sum(true, chain, sum.mostPath() + 1).left()).as(chain).isGreaterThan(1);
        }
    }

    @Test
    void anUnknownCipherIsNamed() {
        XfrmState state = state(false, "esp tunnel").toBuilder()
                .algorithms(List.of(new Algorithm.Encryption("cbc(rot13)", Key.EMPTY)))
                .build();
        assertThatThrownBy(() -> MtuSum.of(List.of(state), 1500)).hasMessageContaining("\"cbc(rot13)\"");
    }
}
