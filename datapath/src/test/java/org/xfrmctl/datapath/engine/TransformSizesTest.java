package org.xfrmctl.datapath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.key;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.crypto.AeadAlgorithm;
import org.xfrmctl.datapath.crypto.CipherAlgorithm;
import org.xfrmctl.datapath.crypto.IntegrityAlgorithm;
import org.xfrmctl.datapath.crypto.IntegrityValue;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.model.mtu.TransformSizes;

/** The sizes that are known by name are those that the ciphers and hashes have. */
class TransformSizesTest {
    private final List<List<Algorithm>> suites = new ArrayList<>();

    TransformSizesTest() {
        List<AeadAlgorithm> combined = new ArrayList<>();
        for (String name : List.of(
                "rfc4106(gcm(aes))", "rfc4309(ccm(aes))", "rfc4543(gcm(aes))", "rfc7539esp(chacha20,poly1305)")) {
            for (int icv : new int[] {64, 96, 128}) {
                AeadAlgorithm.of(name, icv).ifPresent(each -> {
                    combined.add(each);
                    suites.add(List.of(new Algorithm.Aead(name, key(length(each::acceptsKeyLength)), icv)));
                });
            }
        }
        assertThat(combined).contains(AeadAlgorithm.values());
        for (CipherAlgorithm cipher : CipherAlgorithm.values()) {
            for (IntegrityAlgorithm hash : IntegrityAlgorithm.values()) {
                for (int bits : new int[] {0, hash.fullBits()}) {
                    suites.add(List.of(
                            new Algorithm.Encryption(cipher.kernelName(), key(length(cipher::acceptsKeyLength))),
                            new Algorithm.Authentication(
                                    hash.kernelName(), key(length(hash::acceptsKeyLength)), bits)));
                }
            }
        }
    }

    private static int length(IntPredicate accepts) {
        return IntStream.range(0, 64).filter(accepts).findFirst().orElseThrow();
    }

    @Test
    void ofEsp() {
        assertThat(suites).hasSizeGreaterThan(200);
        for (List<Algorithm> suite : suites) {
            if (EspTransform.refusal(suite).isEmpty()) {
                EspTransform esp = EspTransform.of(suite, new Spi(0x100), false, new Random(1));
                assertThat(TransformSizes.of(state(IpProtocol.ESP, suite)))
                        .as("%s", suite)
                        .isEqualTo(new TransformSizes(esp.ivLength(), esp.blockSize(), esp.icvLength()));
            }
        }
        assertThat(suites.stream()
                        .filter(suite -> EspTransform.refusal(suite).isPresent())
                        .map(suite -> suite.get(0).name())
                        .distinct())
                .as("what cannot be compared")
                .isEmpty();
    }

    @Test
    void ofAh() {
        for (IntegrityAlgorithm hash : IntegrityAlgorithm.values()) {
            for (int bits : new int[] {0, hash.fullBits()}) {
                var stated = new Algorithm.Authentication(hash.kernelName(), key(16), bits);
                assertThat(TransformSizes.of(state(IpProtocol.AH, List.of(stated))))
                        .as(hash.kernelName())
                        .isEqualTo(new TransformSizes(0, 1, IntegrityValue.lengthOf(stated)));
            }
        }
    }

    private static XfrmState state(IpProtocol protocol, List<Algorithm> suite) {
        return Samples.state("192.0.2.1", "192.0.2.2", protocol, 0x100)
                .algorithms(suite)
                .build();
    }
}
