package org.xfrmctl.datapath.host;

import java.util.Optional;
import org.xfrmctl.datapath.PacketBuffer;
import org.xfrmctl.datapath.wire.IcmpEcho;
import org.xfrmctl.datapath.wire.IcmpHeader;
import org.xfrmctl.datapath.wire.IpHeader;
import org.xfrmctl.datapath.wire.Ipv6Chain;
import org.xfrmctl.model.Family;

/** ICMP for this host: answers echo requests, hands on replies, learns from errors. */
final class IcmpInput {
    private final LocalSender sender;
    private final IcmpNews news;
    private final Ping ping;

    IcmpInput(LocalSender sender, IcmpNews news, Ping ping) {
        this.sender = sender;
        this.news = news;
        this.ping = ping;
    }

    void take(PacketBuffer packet, IpHeader ip) {
        Optional<IcmpEcho> echo = IcmpEcho.read(packet);
        if (echo.isPresent()) {
            if (echo.get().reply()) {
                ping.reply(echo.get());
            } else {
                answer(echo.get(), ip);
            }
            return;
        }
        int at = ip.family() == Family.INET
                ? ip.length()
                : Ipv6Chain.walk(packet).offset();
        IcmpHeader.read(packet, at)
                .filter(icmp -> icmp.checksumIsValid(ip, ip.totalLength() - at))
                .ifPresent(icmp -> news.take(packet, ip, icmp, at));
    }

    /** The reply has the request's TOS and, on IPv4, never the don't-fragment bit ({@code icmp_reply}). */
    private void answer(IcmpEcho request, IpHeader ip) {
        boolean v4 = ip.family() == Family.INET;
        PacketBuffer message = PacketBuffer.of(request.data().toArray());
        int type = v4 ? IcmpHeader.V4_ECHO_REPLY : IcmpHeader.V6_ECHO_REPLY;
        IcmpHeader.prepend(message, type, 0, request.identifier() << 16 | request.sequence());
        sender.send(new Datagram(
                Optional.of(request.destination()),
                request.source(),
                v4 ? IcmpHeader.PROTOCOL_V4 : IcmpHeader.PROTOCOL_V6,
                message,
                ip.trafficClass(),
                Discovery.DONT));
    }
}
