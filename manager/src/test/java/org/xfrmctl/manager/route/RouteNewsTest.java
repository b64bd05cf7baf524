package org.xfrmctl.manager.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.route.RouteTable;
import org.xfrmctl.netlink.uapi.Rta;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.Rtmsg;

class RouteNewsTest {
    private static final List<IpPrefix> WAYS =
            List.of(IpPrefix.parse("10.2.0.0/16"), IpPrefix.parse("fd02::/64"), IpPrefix.parse("198.51.100.2/32"));

    @ParameterizedTest
    @CsvSource({
        "new, 10.2.0.0/16, 3, 254, true",
        "delete, 10.2.0.0/16, 3, 254, true",
        "new, 10.0.0.0/8, 3, 254, true",
        "new, 0.0.0.0/0, 3, 254, true",
        "new, ::/0, 3, 254, true",
        // Nearer ones are others' ways.
        "new, 10.2.1.0/24, 3, 254, false",
        "new, 10.3.0.0/16, 3, 254, false",
        "new, 198.51.100.0/24, 3, 254, true",
        // Ours: what we have made is no news, and what has gone is.
        "new, 10.2.0.0/16, 89, 254, false",
        "delete, 10.99.0.0/16, 89, 254, true",
        "new, 10.2.0.0/16, 3, 100, false"
    })
    void onlyWhatMayChangeTheWayOfAChildsPacketsIsNews(
            String type, String destination, int protocol, int table, boolean news) {
        assertThat(RouteNews.concerns(message(type, IpPrefix.parse(destination), protocol, table), WAYS))
                .isEqualTo(news);
    }

    private static NetlinkMessage message(String type, IpPrefix destination, int protocol, int table) {
        MessageWriter out = new MessageWriter();
        out.begin(type.equals("new") ? Rtm.NEWROUTE : Rtm.DELROUTE, 0, 0, 0)
                .body(
                        Rtmsg.CODEC,
                        new Rtmsg(
                                (byte) destination.family().number(),
                                (byte) destination.length(),
                                (byte) 0,
                                (byte) 0,
                                new RouteTable(table).equals(RouteTable.MAIN) ? (byte) table : 0,
                                (byte) protocol,
                                (byte) 0,
                                (byte) 1,
                                0));
        if (destination.length() > 0) {
            out.attribute(Rta.DST, destination.address().toBytes());
        }
        out.attributeU32(Rta.TABLE_ID, table);
        assertThat(destination.family()).isIn(Family.INET, Family.INET6);
        return NetlinkMessage.split(out.end().datagram()).get(0);
    }
}
