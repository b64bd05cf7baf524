package org.xfrmctl.netlink.command;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.ConfigException;
import org.xfrmctl.model.definition.Place;
import org.xfrmctl.netlink.message.Request;

/** A host with the interface v0, Debian's protocols by their main names and one alias, and a key file. */
public final class TestHost {
    /** Of v0, as it was when the policies were captured. */
    static final int V0 = 2;

    static final String KEY_FILE = "carol.key";
    static final String KEY_IN_FILE = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

    private static final ProtocolNumbers PROTOCOLS = ProtocolNumbers.parse(List.of(
            "# a comment",
            "icmp 1 ICMP # another",
            "tcp 6 TCP",
            "udp 17 UDP",
            "dccp 33 DCCP",
            "gre\t47 GRE",
            "ipv6-icmp 58 IPv6-ICMP",
            "sctp 132 SCTP",
            "mobility-header 135 Mobility-Header",
            "bad",
            "worse x"));

    private TestHost() {}

    public static IpCommandParser parser() {
        return new IpCommandParser(
                new HostNames(name -> name.equals("v0") ? V0 : 0, PROTOCOLS::numberOf, TestHost::key));
    }

    private static Key key(String name) {
        if (name.equals(KEY_FILE)) {
            return Key.of(HexFormat.of().parseHex(KEY_IN_FILE));
        }
        throw new ConfigException(new Place("?", 1, 1, ""), "file " + name + " does not exist");
    }

    public static IpCommand parse(String line) {
        return parser().parse(words(line));
    }

    /** The words of a line, for good. */
    public static List<String> words(String line) {
        LineWords words = new LineWords();
        words.read(line);
        return new ArrayList<>(words.words());
    }

    /** What the request of a change is about. */
    static <T> T subject(String line, Class<T> type) {
        return type.cast(request(line).subject());
    }

    static Request request(String line) {
        return ((IpCommand.Change) parse(line)).request();
    }
}
