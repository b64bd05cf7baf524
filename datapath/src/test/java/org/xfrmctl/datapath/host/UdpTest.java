package org.xfrmctl.datapath.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfrmctl.datapath.engine.Samples.ip;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;

class UdpTest {
    private final Gateways gateways = Gateways.withoutAlice();
    private final List<String> heard = new ArrayList<>();

    private void listen(int port) {
        gateways.carol.udp().bind(port, new Udp.Service() {
            @Override
            public void received(IpAddress at, IpAddress from, int peer, Bytes data) {
                heard.add(from + ":" + peer + " " + data.length());
            }

            @Override
            public void failed(String reason) {
                heard.add(reason);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 5000, 65_000})
    void whatIsSentComesBack(int bytes) {
        gateways.espTunnel(Gateways.Plan.V4).espTunnel(Gateways.Plan.V6);
        gateways.moon.udp().echo(7);
        listen(4000);

        for (String moon : List.of("10.1.0.10", "fd01::10")) {
            assertThat(gateways.carol.udp().send(4000, ip(moon), 7, Bytes.of(new byte[bytes])))
                    .isEmpty();
            gateways.network.pump();
        }

        assertThat(heard).containsExactly("10.1.0.10:7 " + bytes, "fd01::10:7 " + bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.0.1", "fec0::1"})
    void aClosedPortSaysSo(String moon) {
        listen(4000);

        assertThat(gateways.carol.udp().send(4000, ip(moon), 7, Bytes.of(new byte[1])))
                .isEmpty();
        gateways.network.pump();

        assertThat(heard).containsExactly("Connection refused");
    }

    @Test
    void whatMustNotBeCutIsRefused() {
        assertThat(gateways.carol.udp().sendWhole(4000, ip("192.168.0.1"), 7, Bytes.of(new byte[1473])))
                .contains("Message too long");
    }

    @Test
    void aWrongChecksumVanishes() {
        listen(4000);
        PacketBuffer packet = PacketBuffer.of(new byte[4]);
        UdpHeader.prepend(packet, 7, 4000);
        packet.u16(6, 0x1234);
        IpHeader.prepend(packet, ip("192.168.0.1"), ip("192.168.0.100"), UdpHeader.PROTOCOL);

        gateways.moon.inject(packet);

        assertThat(heard).isEmpty();
    }
}
