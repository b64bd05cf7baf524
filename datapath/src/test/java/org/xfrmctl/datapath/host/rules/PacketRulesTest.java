package org.xfrmctl.datapath.host.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv4Header;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Selector;

/** DF by a rule; the labs in examples/pmtu show what becomes of an MSS. */
class PacketRulesTest {
    private static final int ESP = 50;

    private final PacketRules rules = new PacketRules();

    private static Selector esp(String from, String to) {
        return new Selector(
                IpPrefix.parse(from),
                IpPrefix.parse(to),
                IpProtocol.ESP,
                PortMatch.ANY,
                PortMatch.ANY,
                Selector.Binding.NONE);
    }

    private static PacketBuffer packet(String from, String to, int protocol) {
        PacketBuffer packet = PacketBuffer.of(new byte[64]);
        IpHeader.prepend(packet, IpAddress.parse(from), IpAddress.parse(to), protocol);
        return packet;
    }

    private static Ipv4Header header(PacketBuffer packet) {
        return (Ipv4Header) IpHeader.read(packet).orElseThrow();
    }

    @BeforeEach
    void install() {
        rules.install(Map.of("site/net", List.of(new PacketRule.SetDf(esp("192.0.2.1", "192.0.2.2")))));
    }

    @Test
    void whatIsThePeersGetsDf() {
        PacketBuffer packet = packet("192.0.2.1", "192.0.2.2", ESP);
        rules.output(packet);

        assertThat(header(packet).dontFragment()).isTrue();
        assertThat(header(packet).checksumIsValid()).isTrue();
    }

    @Test
    void othersPacketsAreLeftAlone() {
        for (PacketBuffer packet : List.of(
                packet("192.0.2.1", "192.0.2.3", ESP),
                packet("192.0.2.1", "192.0.2.2", 17),
                packet("2001:db8::1", "2001:db8::2", ESP))) {
            byte[] before = packet.toBytes();
            rules.output(packet);

            assertThat(packet.toBytes()).isEqualTo(before);
        }
    }

    @Test
    void aFragmentStaysOne() {
        for (int offset : new int[] {0, 64}) {
            PacketBuffer packet = packet("192.0.2.1", "192.0.2.2", ESP);
            header(packet).fragment(offset, offset == 0);
            header(packet).finish(packet.length());
            byte[] before = packet.toBytes();
            rules.output(packet);

            assertThat(packet.toBytes()).isEqualTo(before);
        }
    }

    @Test
    void whatIsRemovedIsGone() {
        rules.install(Map.of("site/other", List.of(new PacketRule.SetDf(esp("192.0.2.1", "192.0.2.3")))));
        rules.remove(List.of("site/net", "site/nobody"));
        PacketBuffer packet = packet("192.0.2.1", "192.0.2.2", ESP);
        rules.output(packet);

        assertThat(header(packet).dontFragment()).isFalse();
        assertThat(rules.installed()).containsOnlyKeys("site/other");
    }

    /** Who has no rules is not there, and the others are in their order, by which packets meet them. */
    @Test
    void anOwnerWithoutRulesIsGone() {
        List<PacketRule> some = List.of(new PacketRule.SetDf(esp("192.0.2.1", "192.0.2.3")));
        Map<String, List<PacketRule>> owners = new LinkedHashMap<>();
        owners.put("site/net", List.of());
        IntStream.range(0, 20).forEach(i -> owners.put("site/" + (i * 7 % 20), some));
        rules.install(owners);

        owners.remove("site/net");
        assertThat(List.copyOf(rules.installed().keySet())).isEqualTo(List.copyOf(owners.keySet()));
        assertThatThrownBy(rules.installed()::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
