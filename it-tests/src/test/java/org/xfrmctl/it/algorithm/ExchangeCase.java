package org.xfrmctl.it.algorithm;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Algorithm.Aead;
import org.xfrmctl.model.Algorithm.Authentication;
import org.xfrmctl.model.Algorithm.Encryption;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.XfrmState;

/** States that two kernels exchange packets by; here is the real one, there the userspace one. */
record ExchangeCase(
        IpProtocol protocol, List<Algorithm> algorithms, Mode mode, Family outer, Family inner, boolean esn) {
    static final Reqid REQID = new Reqid(9);

    /** Every algorithm in one setting, and every setting with one algorithm of each protocol. */
    static List<ExchangeCase> all() {
        List<ExchangeCase> cases = new ArrayList<>();
        for (List<Algorithm> algorithms : esp()) {
            cases.add(new ExchangeCase(IpProtocol.ESP, algorithms, Mode.TUNNEL, Family.INET, Family.INET, false));
            cases.add(new ExchangeCase(IpProtocol.ESP, algorithms, Mode.TUNNEL, Family.INET, Family.INET, true));
        }
        for (Algorithm algorithm : hashes()) {
            List<Algorithm> only = List.of(algorithm);
            cases.add(new ExchangeCase(IpProtocol.AH, only, Mode.TUNNEL, Family.INET, Family.INET, false));
            cases.add(new ExchangeCase(IpProtocol.AH, only, Mode.TRANSPORT, Family.INET6, Family.INET6, true));
        }
        List<Algorithm> gcm = esp().get(0);
        List<Algorithm> sha = List.of(new Authentication("hmac(sha256)", key(32), 128));
        for (Family outer : List.of(Family.INET, Family.INET6)) {
            for (Family inner : List.of(Family.INET, Family.INET6)) {
                cases.add(new ExchangeCase(IpProtocol.ESP, gcm, Mode.TUNNEL, outer, inner, false));
                cases.add(new ExchangeCase(IpProtocol.ESP, gcm, Mode.BEET, outer, inner, false));
                cases.add(new ExchangeCase(IpProtocol.AH, sha, Mode.TUNNEL, outer, inner, false));
            }
            cases.add(new ExchangeCase(IpProtocol.ESP, gcm, Mode.TRANSPORT, outer, outer, false));
            cases.add(new ExchangeCase(IpProtocol.AH, sha, Mode.TRANSPORT, outer, outer, false));
        }
        return cases;
    }

    private static List<List<Algorithm>> esp() {
        List<List<Algorithm>> suites = new ArrayList<>();
        for (int icv : new int[] {128, 96, 64}) {
            suites.add(List.of(new Aead("rfc4106(gcm(aes))", key(20), icv)));
            suites.add(List.of(new Aead("rfc4309(ccm(aes))", key(19), icv)));
        }
        suites.add(List.of(new Aead("rfc4309(ccm(aes))", key(35), 128)));
        suites.add(List.of(new Aead("rfc4543(gcm(aes))", key(36), 128)));
        suites.add(List.of(new Aead("rfc7539esp(chacha20,poly1305)", key(36), 128)));
        Authentication sha1 = new Authentication("hmac(sha1)", key(20), 96);
        for (Encryption cipher : List.of(
                new Encryption("ecb(cipher_null)", key(0)),
                new Encryption("cbc(des)", key(8)),
                new Encryption("cbc(des3_ede)", key(24)),
                new Encryption("cbc(cast5)", key(5)),
                new Encryption("cbc(cast5)", key(16)),
                new Encryption("cbc(blowfish)", key(4)),
                new Encryption("cbc(blowfish)", key(56)),
                new Encryption("cbc(aes)", key(24)),
                new Encryption("cbc(serpent)", key(17)),
                new Encryption("cbc(serpent)", key(32)),
                new Encryption("cbc(camellia)", key(16)),
                new Encryption("cbc(camellia)", key(32)),
                new Encryption("cbc(twofish)", key(24)),
                new Encryption("rfc3686(ctr(aes))", key(36)))) {
            suites.add(List.of(cipher, sha1));
        }
        hashes().forEach(hash -> suites.add(List.of(new Encryption("cbc(aes)", key(16)), hash)));
        return suites;
    }

    private static List<Authentication> hashes() {
        return List.of(
                new Authentication("digest_null", key(0), 0),
                new Authentication("hmac(md5)", key(16), 96),
                new Authentication("hmac(sha1)", key(20), 96),
                new Authentication("hmac(sha256)", key(32), 128),
                new Authentication("hmac(sha384)", key(48), 192),
                new Authentication("hmac(sha512)", key(64), 256),
                new Authentication("hmac(rmd160)", key(20), 96),
                new Authentication("xcbc(aes)", key(16), 96),
                new Authentication("xcbc(aes)", key(32), 96),
                new Authentication("cmac(aes)", key(16), 96),
                new Authentication("cmac(aes)", key(24), 128),
                new Authentication("hmac(sha256)", key(0), 100));
    }

    /** Random keys would be as good, but here a failure repeats. */
    private static Key key(int bytes) {
        byte[] material = new byte[bytes];
        new Random(bytes).nextBytes(material);
        return Key.of(material);
    }

    String name() {
        StringBuilder text = new StringBuilder(protocol + " " + mode + " " + inner + " in " + outer);
        algorithms.forEach(each -> text.append(' ')
                .append(each.name())
                .append(' ')
                .append(each.key().bits()));
        return text.append(esn ? " esn" : "").toString();
    }

    /** The state that the real kernel sends by. */
    XfrmState outbound() {
        return state(here(outer, false), there(outer, false), selector(), 0x1001);
    }

    XfrmState inbound() {
        return state(there(outer, false), here(outer, false), reverse(), 0x1002);
    }

    Selector selector() {
        return Selector.between(IpPrefix.host(near()), IpPrefix.host(far()));
    }

    Selector reverse() {
        return Selector.between(IpPrefix.host(far()), IpPrefix.host(near()));
    }

    /** The inner ends; in transport mode there are no others. */
    IpAddress near() {
        return here(inner, !mode.equals(Mode.TRANSPORT));
    }

    IpAddress far() {
        return there(inner, !mode.equals(Mode.TRANSPORT));
    }

    private XfrmState state(IpAddress source, IpAddress destination, Selector selector, int spi) {
        XfrmState.Builder state = XfrmState.builder(new SaId(destination, new Spi(spi), protocol), source)
                .mode(mode)
                .reqid(REQID)
                .selector(selector)
                .algorithms(algorithms);
        return esn
                ? state.flags(StateFlags.NONE.with(StateFlag.ESN))
                        .replay(new ReplayState.Extended(32, 0x300000005L, 0x300000005L, List.of(0)))
                        .build()
                : state.build();
    }

    private static IpAddress here(Family family, boolean inside) {
        return IpAddress.parse(
                family == Family.INET ? inside ? "10.9.1.1" : "10.9.0.1" : inside ? "fd09:1::1" : "fd09::1");
    }

    private static IpAddress there(Family family, boolean inside) {
        return IpAddress.parse(
                family == Family.INET ? inside ? "10.9.1.2" : "10.9.0.2" : inside ? "fd09:1::2" : "fd09::2");
    }
}
