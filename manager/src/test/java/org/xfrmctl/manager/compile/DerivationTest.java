package org.xfrmctl.manager.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfrmctl.manager.testing.ChildBuilder.child;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfrmctl.manager.testing.ChildBuilder;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.Child;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.EspProposal;

/** Keys of both directions from one secret. */
class DerivationTest {
    private static final Key SECRET = Key.of(new byte[32]);

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** RFC 5869, appendix A.1 and A.2. */
    @Test
    void isTheHkdfOfTheRfc() {
        assertThat(Derivation.hkdf(
                        hex("0b".repeat(22)), hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"), 42))
                .asHexString()
                .isEqualToIgnoringCase(
                        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
        byte[] long1 = new byte[80];
        byte[] long2 = new byte[80];
        byte[] long3 = new byte[80];
        for (int i = 0; i < 80; i++) {
            long1[i] = (byte) i;
            long2[i] = (byte) (0x60 + i);
            long3[i] = (byte) (0xb0 + i);
        }
        assertThat(Derivation.hkdf(long1, long2, long3, 82))
                .asHexString()
                .isEqualToIgnoringCase(
                        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
                                + "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
    }

    @Test
    void bothEndsHaveTheSame() {
        Child here = child("a")
                .derived("s")
                .ipcomp()
                .between("192.0.2.1", "192.0.2.2")
                .build();
        Child there = child("a")
                .derived("s")
                .ipcomp()
                .between("192.0.2.2", "192.0.2.1")
                .build();

        for (long epoch = 1; epoch < 100; epoch++) {
            assertThat(Derivation.outbound(SECRET, here, epoch)).isEqualTo(Derivation.inbound(SECRET, there, epoch));
            assertThat(Derivation.inbound(SECRET, here, epoch)).isEqualTo(Derivation.outbound(SECRET, there, epoch));
        }
    }

    /** So that fifty children of two gateways rarely meet in the 60,000 that there are. */
    @Test
    void theCpiStaysTheSameInEveryEpoch() {
        Child child = child("a").derived("s").ipcomp().build();
        IpAddress here = child.endpoints().local();
        IpAddress there = child.endpoints().remote();
        Set<Cpi> seen = new HashSet<>();
        for (long epoch = 1; epoch < 100; epoch++) {
            seen.add(Derivation.deriveWhole(SECRET, child, here, there, epoch)
                    .cpi()
                    .orElseThrow());
        }
        assertThat(seen).hasSize(1);
        assertThat(Derivation.deriveWhole(SECRET, child, there, here, 1).cpi())
                .isNotEqualTo(seen.stream().findFirst());
        assertThat(seen).allMatch(cpi -> cpi.number() >= 0x100 && cpi.number() <= 0xefff);
    }

    /** Two whose CPIs are the same by the wrong secret must still be taken down. */
    @Test
    void withoutKeysNobodyMeetsByChance() {
        ChildBuilder[] children = IntStream.range(0, 900)
                .mapToObj(i -> child("c" + i)
                        .derived("s")
                        .ipcomp()
                        .traffic("10.1.0.0/16", "10.2." + i / 256 + "." + i % 256 + "/32"))
                .toArray(ChildBuilder[]::new);
        Definition definition = ChildBuilder.definition(children);

        assertThat(ConnectionCompiler.compileWithoutKeys(definition).children()).hasSize(900);
        assertThatThrownBy(() -> ConnectionCompiler.compile(definition, ChildBuilder.keys(children)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("rename the child at both ends");
    }

    @Test
    void noTwoHaveTheSameKey() {
        Set<String> seen = new HashSet<>();
        for (String name : new String[] {"a", "b"}) {
            for (var esp : new EspProposal[] {ChildBuilder.GCM, ChildBuilder.CBC}) {
                Child child = child(name).derived("s").ipcomp().esp(esp).build();
                for (long epoch = 1; epoch < 300; epoch++) {
                    for (boolean out : new boolean[] {false, true}) {
                        var ends = child.endpoints();
                        Sa sa = Derivation.derive(
                                SECRET,
                                child,
                                out ? ends.local() : ends.remote(),
                                out ? ends.remote() : ends.local(),
                                epoch);
                        assertThat(seen.add(sa.key().revealHex())).isTrue();
                        assertThat(sa.key().length()).isEqualTo(esp.keyBytes());
                        assertThat(Integer.compareUnsigned(sa.spi().bits(), 0x100))
                                .isNotNegative();
                    }
                }
            }
        }
    }
}
