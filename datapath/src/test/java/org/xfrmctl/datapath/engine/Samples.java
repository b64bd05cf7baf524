package org.xfrmctl.datapath.engine;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/** States, policies and a clock for tests. Keys are made up anew in every run. */
public final class Samples {
    private static final Random KEYS = new Random();
    public static final Reqid REQID = new Reqid(1);

    private Samples() {}

    public static IpAddress ip(String text) {
        return IpAddress.parse(text);
    }

    public static IpPrefix net(String text) {
        return IpPrefix.parse(text);
    }

    public static Key key(int bytes) {
        byte[] material = new byte[bytes];
        KEYS.nextBytes(material);
        return Key.of(material);
    }

    public static List<Algorithm> gcm(int icvBits) {
        return List.of(new Algorithm.Aead("rfc4106(gcm(aes))", key(20), icvBits));
    }

    public static List<Algorithm> cbc(String integrity, int keyBytes, int bits) {
        return List.of(
                new Algorithm.Encryption("cbc(aes)", key(16)),
                new Algorithm.Authentication(integrity, key(keyBytes), bits));
    }

    public static XfrmState.Builder state(String source, String destination, IpProtocol proto, int spi) {
        return XfrmState.builder(new SaId(ip(destination), new Spi(spi), proto), ip(source))
                .reqid(REQID);
    }

    public static XfrmState.Builder esp(String source, String destination, int spi, Mode mode) {
        return state(source, destination, IpProtocol.ESP, spi).mode(mode).algorithms(gcm(128));
    }

    public static XfrmState.Builder comp(String source, String destination, int cpi, Mode mode) {
        return state(source, destination, IpProtocol.COMP, cpi)
                .mode(mode)
                .algorithms(List.of(Algorithm.Compression.DEFLATE));
    }

    public static Template tunnel(String source, String destination, IpProtocol proto, Level level) {
        return Template.tunnel(ip(source), ip(destination), proto, REQID, level);
    }

    public static Template transport(String like, IpProtocol proto, Level level) {
        return Template.transport(ip(like).family(), proto, REQID, level);
    }

    public static XfrmPolicy.Builder policy(Direction direction, String source, String destination) {
        return XfrmPolicy.builder(Selector.between(net(source), net(destination)), direction);
    }

    /** Lets ESP in UDP come in if it is older than the policy that wants protection: Linux asks about the datagram first. */
    public static XfrmPolicy udpEncapsulation(String source, String destination) {
        Selector selector = new Selector(
                net(source),
                net(destination),
                new IpProtocol(17),
                PortMatch.ANY,
                PortMatch.exactly(4500),
                Selector.Binding.NONE);
        return XfrmPolicy.builder(selector, Direction.IN).build();
    }

    /** A clock that stands still until it is told otherwise. */
    public static final class HandClock extends Clock {
        private Instant now;

        public HandClock() {
            this(1_790_000_000L);
        }

        public HandClock(long second) {
            now = Instant.ofEpochSecond(second);
        }

        public void advanceMillis(long millis) {
            now = now.plusMillis(millis);
        }

        public void advance(long seconds) {
            now = now.plusSeconds(seconds);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
