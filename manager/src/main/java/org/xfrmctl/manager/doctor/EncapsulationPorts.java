package org.xfrmctl.manager.doctor;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.XfrmState;

/** ESP in UDP for a port that no socket is bound to: it is a socket that hands it to the states. */
final class EncapsulationPorts implements Rule {
    @Override
    public Set<String> names() {
        return Set.of("encap-port");
    }

    @Override
    public List<Finding> look(Facts facts) {
        return facts.network()
                .sockets()
                .udpPorts()
                .map(open -> byPort(facts).entrySet().stream()
                        .filter(each -> !open.contains(each.getKey()))
                        .map(each -> finding(each.getKey(), each.getValue()))
                        .toList())
                .orElse(List.of());
    }

    private static Map<Integer, List<XfrmState>> byPort(Facts facts) {
        return facts.states().stream()
                .filter(facts::isInbound)
                .filter(state -> state.options()
                        .encap()
                        .filter(encap -> encap.type() == Encap.ESPINUDP)
                        .isPresent())
                .collect(Collectors.groupingBy(
                        state -> state.options().encap().orElseThrow().destinationPort(),
                        TreeMap::new,
                        Collectors.toList()));
    }

    private static Finding finding(int port, List<XfrmState> states) {
        return new Finding(
                Severity.ERROR,
                "encap-port",
                "ESP that comes in UDP to port " + port + " is not taken: no socket is bound to it",
                states.stream().map(IpCommands::line).limit(3).toList(),
                "The kernel takes ESP out of UDP only by a socket of that port with UDP_ENCAP set (udp_queue_rcv_skb(),"
                        + " xfrm4_udp_encap_rcv()), which keying daemons hold open. Without one the peer is told that the port is"
                        + " closed.",
                List.of(
                        Finding.Fix.advice(
                                "Start the keying daemon, or another program that binds UDP port " + port
                                        + " and sets UDP_ENCAP to UDP_ENCAP_ESPINUDP. Whether a socket that is there has set it cannot be seen.")));
    }
}
