package org.xfrmctl.it.command;

import java.util.List;

/** Commands that nobody takes. */
final class RefusedLines {
    private static final String STATE = "src 192.0.2.1 dst 192.0.2.2 proto esp spi 5 ";
    private static final String GCM = "aead rfc4106(gcm(aes)) 0x0102030405060708090a0b0c0d0e0f1011121314 ";
    private static final String TUNNEL = "tmpl src 192.0.2.1 dst 192.0.2.2 proto esp mode tunnel ";

    private RefusedLines() {}

    /** What the following ones collide with. */
    static List<String> before() {
        return List.of(
                "xfrm state add " + STATE + "mark 7 " + GCM + "128",
                "xfrm state add src 192.0.2.1 dst 192.0.2.2 proto comp spi 6 comp deflate",
                "xfrm policy add dir in");
    }

    /** Well said, and refused by a kernel. */
    static List<String> byTheKernel() {
        return List.of(
                "xfrm state add " + STATE + "mark 7 " + GCM + "128",
                "xfrm state add src 192.0.2.9 dst 192.0.2.2 proto comp spi 6 comp deflate",
                "xfrm state add " + STATE + "mark 8 " + GCM + "77",
                "xfrm state add " + STATE + "mark 8 aead rfc4106(gcm(aes)) 0x0102 128",
                "xfrm state add " + STATE + "mark 8 aead nothing 0x0102 128",
                "xfrm state add " + STATE + "mark 8 enc nothing \"\"",
                "xfrm state add " + STATE + "mark 8 mode transport tfcpad 5 " + GCM + "128",
                "xfrm state add " + STATE + "mark 8 limit time-soft 5 sel src 10.0.0.0/8 src ::1 " + GCM + "128",
                "xfrm state add src ::1 dst ::2 proto ah spi 5 encap espinudp 1 2 0.0.0.0 auth hmac(md5) 0x01",
                "xfrm state add src ::1 dst ::2 proto comp spi 5 comp nothing",
                "xfrm state add src ::1 dst ::2 proto comp spi 5 replay-window 64 comp deflate",
                "xfrm state add proto ipsec-any spi 5",
                "xfrm state update src ::1 dst ::2 proto comp spi 5 comp deflate",
                "xfrm state delete " + STATE,
                "xfrm state delete " + STATE + "mark 9",
                "xfrm state delete src ::1 dst ::2 proto esp spi 5",
                "xfrm state allocspi src 192.0.2.1 dst 192.0.2.2 proto comp min 6 max 6",
                "xfrm state allocspi src 192.0.2.1 dst 192.0.2.2 proto comp min 6 max 0x10000",
                "xfrm policy add dir in",
                "xfrm policy add dir in index 9 src 10.77.0.0/16",
                "xfrm policy add dir out src 10.77.0.0/16 " + TUNNEL + "level use",
                "xfrm policy add dir out src 10.77.0.0/16 tmpl src ::1 dst ::2 proto esp mode transport",
                "xfrm policy add dir out src 10.77.0.0/16 " + TUNNEL.repeat(7),
                "xfrm policy delete dir in src 10.77.0.0/16",
                "xfrm policy delete dir in mark 5 src 0.0.0.0/0",
                "xfrm policy delete dir in if_id 5 src 0.0.0.0/0",
                "xfrm policy delete dir in ptype sub src 0.0.0.0/0",
                "xfrm policy delete dir in index 0x7ffffff8",
                "xfrm policy delete dir out index 0x7ffffff8");
    }

    /** Not of the language: a kernel never hears of them. */
    static List<String> byTheParser() {
        return List.of(
                "xfrm state add",
                "xfrm state addd " + STATE + GCM + "128",
                "xfrm stat ad " + STATE,
                "xfrm state add " + STATE + "comp deflate " + GCM + "128",
                "xfrm state add " + STATE + GCM,
                "xfrm state add " + STATE + GCM + "128 enc cbc(aes) 0x01",
                "xfrm state add " + STATE + GCM + "128 mode tunel",
                "xfrm state add " + STATE + GCM + "128 mode ro",
                "xfrm state add " + STATE + GCM + "128 coa ::1",
                "xfrm state add " + STATE + GCM + "128 flag esn",
                "xfrm state add " + STATE + GCM + "128 flag 0x100",
                "xfrm state add " + STATE + GCM + "128 replay-window 4097",
                "xfrm state add " + STATE + GCM + "128 reqid 08",
                "xfrm state add " + STATE + GCM + "128 reqid 0x100000000",
                "xfrm state add " + STATE + GCM + "128 mark 5 mask",
                "xfrm state add " + STATE + GCM + "128 limit byte 5",
                "xfrm state add " + STATE + GCM + "128 limit byte-soft 18446744073709551616",
                "xfrm state add " + STATE + GCM + "128 encap espinudp 4500 65536 0.0.0.0",
                "xfrm state add " + STATE + GCM + "128 sel src 10.0.0.0/8 dst fd01::/64",
                "xfrm state add " + STATE + "aead rfc4106(gcm(aes)) 0x01zz 128",
                "xfrm state add src 192.0.2.1 dst ::2 proto esp spi 5 " + GCM + "128",
                "xfrm state add src 192.0.2.256 dst 192.0.2.2 proto esp spi 5 " + GCM + "128",
                "xfrm state add src 192.0.2.1/33 dst 192.0.2.2 proto esp spi 5 " + GCM + "128",
                "xfrm state add src any dst 192.0.2.2 proto esp spi 5 " + GCM + "128",
                "xfrm state add src 192.0.2.1 dst 192.0.2.2 proto 50 spi 5 " + GCM + "128",
                "xfrm state add src 192.0.2.1 dst 192.0.2.2 proto comp spi 0x10000 comp deflate",
                "xfrm state add src 192.0.2.1 reqid 5 dst 192.0.2.2 proto esp spi 5 " + GCM + "128",
                "xfrm state add src ::1 dst ::2 proto hao spi 5 mode ro coa ::3",
                "xfrm state add src ::1 dst ::2 proto hao mode ro",
                "xfrm state add src ::1 dst ::2 proto hao coa ::3",
                "xfrm state add sel src 10.0.0.0/8 reqid 5 src ::1 dst ::2 proto comp spi 5 comp deflate",
                "xfrm state allocspi " + STATE,
                "xfrm state allocspi src ::1 dst ::2 proto esp min 5",
                "xfrm state allocspi src ::1 dst ::2 proto esp min 5 max 4",
                "xfrm state flush proto tcp",
                "xfrm policy add",
                "xfrm policy add dir in dir in",
                "xfrm policy add src 10.0.0.0/8 dir in dst 10.0.0.0/8",
                "xfrm policy add dir in proto icmp sport 5",
                "xfrm policy add dir in proto tcp type 5",
                "xfrm policy add dir in proto tcp key 5",
                "xfrm policy add dir in proto gre key 1.2.3.4.5",
                "xfrm policy add dir in proto icmp type 256",
                "xfrm policy add dir in proto nothing",
                "xfrm policy add dir in dev nothing",
                "xfrm policy add dir in tmpl mode tunnel reqid 5 dir in",
                "xfrm policy add dir in src 10.0.0.0/8 " + TUNNEL + "level maybe",
                "xfrm policy add dir in " + TUNNEL.repeat(17),
                "xfrm policy add dir in tmpl src ::1 dst ::2 proto esp src 10.0.0.0/8",
                "xfrm policy delete dir in",
                "xfrm policy delete index 8",
                "xfrm policy delete dir in index 8 src 10.0.0.0/8",
                "xfrm policy set hthresh4 33 32",
                "xfrm policy set hthresh6 129 32",
                "xfrm policy setdefault in maybe",
                "xfrm policy setdefault in block in block",
                "xfrm policy flush ptype both");
    }
}
