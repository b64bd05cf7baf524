package org.xfrmctl.it.doctor;

import java.util.List;

/**
 * Something done to a healthy host.
 *
 * @param rule what the doctor must find, and must not find when it is mended
 * @param evidence some of what it must show
 * @param provoke commands; {@code <<} is input for nft
 * @param traffic a program that runs while the doctor looks; empty if none need
 * @param mend commands where the doctor has no command itself; {@link #UP} is {@code xfrmctl up}, {@link #LISTEN} a UDP socket
 * @param harm what packets show before it is mended
 */
record DoctorCase(
        String name, String rule, String evidence, List<String> provoke, String traffic, List<String> mend, Harm harm) {
    static final String UP = "xfrmctl up";
    static final String LISTEN = "listen";
    static final int PORT = 4500;

    /** What goes wrong until it is mended, and not any more then. */
    enum Harm {
        /** Nothing that a packet shows at once. */
        NONE,
        /** A small ping of the other gateway is not answered. */
        LOST_HERE,
        /** A small ping of this one is not answered. */
        LOST_THERE,
        /** What is for a host behind this gateway is not passed on. */
        NOT_PASSED_ON,
        /** A ping of this gateway is in clear on the wire. */
        CLEAR_OUT,
        /** A ping that comes in clear is taken. */
        CLEAR_IN
    }

    /** One whose harm is no packet's, or not at once. */
    DoctorCase(String name, String rule, String evidence, List<String> provoke, String traffic, List<String> mend) {
        this(name, rule, evidence, provoke, traffic, mend, Harm.NONE);
    }

    private DoctorCase harms(Harm shown) {
        return new DoctorCase(name, rule, evidence, provoke, traffic, mend, shown);
    }

    private static final String IN = "src 10.1.0.0/16 dst 10.2.0.0/16";
    private static final String OUT = "src 10.2.0.0/16 dst 10.1.0.0/16";
    private static final String PING_HERE = "ip netns exec moon ping -q -i 0.1 -s 8 -I 10.1.0.1 10.2.0.1";
    private static final String PING_THERE = "ping -q -i 0.1 -s 8 -I 10.2.0.1 10.1.0.1";
    /** Has the kernel make the table {@code raw}, as iptables-legacy does: IPT_SO_GET_INFO of ip(7)'s raw sockets, without a blank. */
    private static final String LEGACY_TABLE =
            "c=__import__('ctypes');l=c.CDLL(None);b=c.create_string_buffer(b'raw',84);"
                    + "exit(l.getsockopt(l.socket(2,3,255),0,64,b,c.byref(c.c_int(84))))";

    private static final String AEAD = " aead rfc4106(gcm(aes)) 0x";
    private static final String KEY = "a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3 128";
    private static final String STATE = "ip xfrm state add src 192.168.0.1 dst 192.168.0.100 proto esp spi ";
    private static final String SENDS = "ip xfrm state add src 192.168.0.100 dst 192.168.0.1 proto esp spi ";

    private static String templates(String comp, String esp) {
        return "tmpl src 192.168.0.1 dst 192.168.0.100 proto comp reqid 7 mode tunnel level " + comp
                + " tmpl src 0.0.0.0 dst 0.0.0.0 proto esp reqid 7 mode transport level " + esp;
    }

    private static String outwards() {
        return "tmpl src 192.168.0.100 dst 192.168.0.1 proto comp reqid 7 mode tunnel"
                + " tmpl src 0.0.0.0 dst 0.0.0.0 proto esp reqid 7 mode transport";
    }

    private static DoctorCase quiet(String rule, String evidence, String... provoke) {
        return new DoctorCase(rule, rule, evidence, List.of(provoke), "", List.of());
    }

    private static DoctorCase counter(String name, String traffic, List<String> mend, String... provoke) {
        return new DoctorCase(name, "counter", name + " rose by ", List.of(provoke), traffic, mend);
    }

    /** One at least for each rule, and some of the counters. */
    static List<DoctorCase> all() {
        return List.of(
                new DoctorCase(
                                "ipcomp-required",
                                "ipcomp-required",
                                "XfrmInTmplMismatch rose by ",
                                List.of(
                                        "ip xfrm policy update " + IN + " dir in priority 1000 "
                                                + templates("required", "required"),
                                        "ip xfrm policy update " + IN + " dir fwd priority 1000 "
                                                + templates("required", "required")),
                                PING_HERE,
                                List.of())
                        .harms(Harm.LOST_HERE),
                quiet(
                                "level-use",
                                "level use",
                                "ip xfrm policy update " + IN + " dir in priority 1000 " + templates("use", "use"))
                        .harms(Harm.CLEAR_IN),
                quiet("missing-fwd", IN + " dir in", "ip xfrm policy delete " + IN + " dir fwd")
                        .harms(Harm.NOT_PASSED_ON),
                new DoctorCase(
                                "no-state",
                                "no-state",
                                OUT + " dir out",
                                List.of("ip xfrm state deleteall src 192.168.0.100 dst 192.168.0.1 proto esp"),
                                PING_THERE,
                                List.of(UP))
                        .harms(Harm.LOST_THERE),
                quiet("no-policy", "spi 0x00000303", STATE + "0x303 reqid 3 mode tunnel replay-window 32" + AEAD + KEY),
                quiet(
                                "equal-priority",
                                "dst 0.0.0.0/0",
                                // The older one wins, and now it is the one for everything.
                                "ip xfrm policy delete " + OUT + " dir out",
                                "ip xfrm policy add src 10.2.0.0/16 dst 0.0.0.0/0 dir out priority 1000",
                                "ip xfrm policy add " + OUT + " dir out priority 1000 " + outwards())
                        .harms(Harm.CLEAR_OUT),
                new DoctorCase(
                        "replay-off",
                        "replay-off",
                        "spi 0x00000304",
                        List.of(STATE + "0x304 reqid 3 mode tunnel replay-window 0" + AEAD + KEY),
                        "",
                        List.of("ip xfrm state delete src 192.168.0.1 dst 192.168.0.100 proto esp spi 0x304")),
                new DoctorCase(
                        "sequence-numbers",
                        "sequence-numbers",
                        "spi 0x00000305",
                        List.of(SENDS + "0x305 reqid 3 mode tunnel replay-window 32 replay-oseq 0xf9000000" + AEAD
                                + KEY),
                        "",
                        List.of("ip xfrm state delete src 192.168.0.100 dst 192.168.0.1 proto esp spi 0x305")),
                new DoctorCase(
                        "weak-algorithm",
                        "weak-algorithm",
                        "spi 0x00000306",
                        List.of(SENDS
                                + "0x306 reqid 3 mode tunnel enc cbc(des3_ede) 0x0102030405060708010203040506070801020304050607f1"
                                + " auth hmac(md5) 0x00112233445566778899aabbccddeeff"),
                        "",
                        List.of("ip xfrm state delete src 192.168.0.100 dst 192.168.0.1 proto esp spi 0x306")),
                new DoctorCase(
                        "reused-key",
                        "reused-key",
                        "spi 0x00000307",
                        List.of(
                                SENDS + "0x307 reqid 3 mode tunnel" + AEAD + KEY,
                                STATE + "0x308 reqid 3 mode tunnel replay-window 32" + AEAD + KEY),
                        "",
                        List.of("ip xfrm state delete src 192.168.0.100 dst 192.168.0.1 proto esp spi 0x307")),
                quiet("no-pmtu-discovery", "net.ipv4.ip_no_pmtu_disc = 1", "sysctl -qw net.ipv4.ip_no_pmtu_disc=1"),
                quiet("disable-policy", "disable_policy = 1", "sysctl -qw net.ipv4.conf.wan.disable_policy=1")
                        .harms(Harm.CLEAR_IN),
                quiet("disable-xfrm", "disable_xfrm = 1", "sysctl -qw net.ipv4.conf.wan.disable_xfrm=1")
                        .harms(Harm.CLEAR_OUT),
                quiet("firewall", "inet f in: policy drop, and no rule that accepts it", """
                        <<table inet f {
                         chain in {
                         type filter hook input priority 0; policy drop;
                         ct state established accept
                         iif lo accept
                         icmp type echo-request accept
                         }
                        }
                        """)
                        .harms(Harm.LOST_HERE),
                quiet("icmp-errors-dropped", "icmp code frag-needed drop", """
                        <<table inet f {
                         chain in {
                         type filter hook forward priority 0;
                         icmp type destination-unreachable icmp code 4 drop
                         }
                        }
                        """),
                new DoctorCase(
                        "path-mtu",
                        "path-mtu",
                        "to 10.1.0.1: of 1446 bytes ",
                        List.of(
                                "ip netns exec moon nft add table inet narrow",
                                "ip netns exec moon nft add chain inet narrow in { type filter hook prerouting priority 0 ; }",
                                "ip netns exec moon nft add rule inet narrow in ip protocol esp ip length 1301-65535 drop"),
                        "",
                        List.of("ip netns exec moon nft flush ruleset")),
                new DoctorCase(
                                "replay-small",
                                "replay-small",
                                "stats: replay-window ",
                                // It has heard more than the other end has said yet.
                                List.of(
                                        "ip xfrm state delete src 192.168.0.1 dst 192.168.0.100 proto esp spi 0xc1000002",
                                        STATE + "0xc1000002 reqid 7 mode transport replay-window 32 replay-seq 0xffff"
                                                + AEAD + "100102030405060708090a0b0c0d0e0f10111213 128"),
                                PING_HERE,
                                List.of(
                                        "ip xfrm state delete src 192.168.0.1 dst 192.168.0.100 proto esp spi 0xc1000002",
                                        UP))
                        .harms(Harm.LOST_HERE),
                new DoctorCase(
                        "encap-port",
                        "encap-port",
                        "spi 0x00000309",
                        List.of(STATE + "0x309 reqid 3 mode tunnel replay-window 32 encap espinudp " + PORT + " " + PORT
                                + " 0.0.0.0" + AEAD + KEY),
                        "",
                        List.of(LISTEN)),
                new DoctorCase(
                        "learnt-mtu",
                        "learnt-mtu",
                        "ip route get 192.168.9.9 from 192.168.0.100: mtu 1300 expires",
                        List.of(
                                "ip -n moon link set far mtu 1300",
                                "ip xfrm state add src 192.168.0.100 dst 192.168.9.9 proto esp spi 0x310 reqid 3 mode tunnel"
                                        + AEAD + KEY),
                        "ping -q -i 0.1 -M do -s 1400 192.168.9.9",
                        List.of("ip -n moon link set far mtu 1500", "ip route flush cache")),
                new DoctorCase(
                        "small-mtu",
                        "small-mtu",
                        "the way to 192.168.9.9 takes 1290 bytes",
                        List.of(
                                "ip route add 192.168.9.9 via 192.168.0.1 mtu 1290",
                                "ip xfrm state add src 192.168.0.100 dst 192.168.9.9 proto esp spi 0x311 reqid 3 mode tunnel"
                                        + AEAD + KEY,
                                "ip xfrm policy add src fd00:2::/64 dst fd00:9::/64 dir out tmpl src 192.168.0.100 dst 192.168.9.9"
                                        + " proto esp mode tunnel reqid 3"),
                        "",
                        List.of("ip route delete 192.168.9.9 via 192.168.0.1")),
                new DoctorCase(
                        "mixed-ipcomp",
                        "mixed-ipcomp",
                        "src 10.8.0.0/16",
                        List.of(
                                "ip xfrm policy add src 10.8.0.0/16 dst 10.9.0.0/16 dir out tmpl src 192.168.0.100 dst 192.168.0.1"
                                        + " proto esp mode tunnel reqid 7"),
                        "",
                        List.of("ip xfrm policy delete src 10.8.0.0/16 dst 10.9.0.0/16 dir out")),
                new DoctorCase(
                        "open-default",
                        "open-default",
                        "getdefault: accept",
                        List.of(),
                        "",
                        List.of("ip xfrm policy setdefault in block fwd block out block")),
                new DoctorCase(
                        "not-examined",
                        "not-examined",
                        "sub policies: there are 1",
                        List.of("ip xfrm policy add " + OUT + " dir out ptype sub"),
                        "",
                        List.of("ip xfrm policy delete " + OUT + " dir out ptype sub")),
                new DoctorCase(
                        "legacy tables",
                        "not-examined",
                        "iptables-legacy: nft shows nothing of ip raw;",
                        List.of("modprobe iptable_raw", "/usr/bin/python3 -c " + LEGACY_TABLE),
                        "",
                        List.of("rmmod iptable_raw")),
                counter(
                        "XfrmInNoStates",
                        PING_HERE,
                        List.of(UP),
                        "ip xfrm state delete src 192.168.0.1 dst 192.168.0.100 proto esp spi 0xc1000002"),
                counter(
                        "XfrmInStateProtoError",
                        PING_HERE,
                        List.of("ip xfrm state delete src 192.168.0.1 dst 192.168.0.100 proto esp spi 0xc1000002", UP),
                        "ip xfrm state delete src 192.168.0.1 dst 192.168.0.100 proto esp spi 0xc1000002",
                        "ip xfrm state add src 192.168.0.1 dst 192.168.0.100 proto esp spi 0xc1000002 reqid 7 mode transport"
                                + " replay-window 32" + AEAD + KEY),
                counter("XfrmInNoPols", PING_HERE, List.of(UP), "ip xfrm policy delete " + IN + " dir in"),
                counter(
                        "XfrmInPolBlock",
                        PING_HERE,
                        List.of("ip xfrm policy delete src 10.1.0.1/32 dst 10.2.0.1/32 dir in"),
                        "ip xfrm policy add src 10.1.0.1/32 dst 10.2.0.1/32 dir in action block priority 1"),
                counter(
                        "XfrmOutPolBlock",
                        PING_THERE,
                        List.of("ip xfrm policy delete src 10.2.0.1/32 dst 10.1.0.1/32 dir out"),
                        "ip xfrm policy add src 10.2.0.1/32 dst 10.1.0.1/32 dir out action block priority 1"),
                counter(
                        "XfrmOutNoStates",
                        PING_THERE,
                        List.of(UP),
                        "ip xfrm state deleteall src 192.168.0.100 dst 192.168.0.1 proto esp"));
    }
}
