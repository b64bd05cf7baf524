import java.time.ZoneId;
import java.util.List;
import org.xfrmctl.model.*;
import org.xfrmctl.netlink.NetlinkTransport;
import org.xfrmctl.netlink.sys.*;
import org.xfrmctl.netlink.text.*;
import org.xfrmctl.netlink.xfrm.*;

/** Adds an ESP state to a kernel and prints what it then has, as "ip xfrm state" would. Needs CAP_NET_ADMIN. */
public final class AddAndList {
    public static void main(String[] args) {
        run(AfNetlinkSocket.open(NetlinkProtocol.XFRM));
    }

    static void run(NetlinkTransport kernel) {
        var from = IpAddress.parse("192.0.2.1");
        var id = new SaId(IpAddress.parse("192.0.2.2"), new Spi(0x1001), IpProtocol.ESP);
        var cipher = new Algorithm.Aead("rfc4106(gcm(aes))", Key.of(new byte[20]), 128); // a key of zeros: for show only
        var state = XfrmState.builder(id, from).mode(Mode.TUNNEL).algorithms(List.of(cipher)).build();
        var text = new MessageText(TextOptions.brief(ZoneId.systemDefault())); // hides keys
        try (var client = new XfrmClient(kernel)) {
            client.addState(state);
            client.dumpStates(DumpFilter.NONE, message -> System.out.print(text.print(message)));
        }
    }
}
