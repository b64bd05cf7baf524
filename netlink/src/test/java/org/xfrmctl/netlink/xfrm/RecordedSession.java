package org.xfrmctl.netlink.xfrm;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;

/**
 * What the captured session with a real kernel was about: the states and policies that its requests name, as a client
 * says them. A kernel adds the family of a state's selector, the type of a policy, and times.
 */
final class RecordedSession {
    static final IpAddress HERE = IpAddress.parse("192.0.2.50");
    static final IpAddress THERE = IpAddress.parse("192.0.2.51");

    /** What the session adds, changes and deletes. */
    static final XfrmState GCM = esp(0x2001)
            .replay(new ReplayState.Basic(32, 0, 0, 0))
            .algorithms(List.of(new Algorithm.Aead("rfc4106(gcm(aes))", countingKey(20), 128)))
            .build();

    static final LifetimeLimits UP_TO_99_BYTES =
            new LifetimeLimits(new Limit(-1, 99), Limit.INFINITE, Limit.NEVER, Limit.NEVER);

    /** Of the first state. */
    static final SaId FIRST = new SaId(IpAddress.parse("192.0.2.2"), new Spi(0x1001), IpProtocol.ESP);

    static final IpAddress FIRST_SOURCE = IpAddress.parse("192.0.2.1");

    /** Its anti-replay numbers, as they are set and told. */
    static final ReplayState FIRST_NUMBERS = new ReplayState.Basic(0, 7, 9, 1);

    /** Of the eleventh state, the one with extended sequence numbers. */
    static final StateKey ELEVENTH =
            StateKey.of(new SaId(IpAddress.parse("192.0.2.11"), new Spi(0x1011), IpProtocol.ESP), Mark.NONE);

    static final StateKey ABSENT =
            StateKey.of(new SaId(ELEVENTH.id().destination(), new Spi(0xdead), IpProtocol.ESP), Mark.NONE);

    /** The twelfth state, the one with limits, by as much as names it. */
    static final XfrmState TWELFTH = XfrmState.builder(
                    new SaId(IpAddress.parse("192.0.2.12"), new Spi(0x1012), IpProtocol.ESP), FIRST_SOURCE)
            .selector(Selector.any(Family.UNSPEC))
            .mode(Mode.TUNNEL)
            .reqid(new Reqid(12))
            .build();

    /** The first policy with another priority. */
    static final XfrmPolicy FIRST_POLICY = XfrmPolicy.builder(between("10.1.0.0/16", "10.2.0.0/16"), Direction.OUT)
            .priority(101)
            .templates(List.of(
                    Template.tunnel(FIRST_SOURCE, FIRST.destination(), IpProtocol.ESP, new Reqid(1), Level.REQUIRED)))
            .build();

    /** The ninth policy's, the one that had asked for it. */
    static final PolicyIndex NINTH_POLICY =
            new PolicyIndex(0x4001, Direction.OUT, PolicyType.MAIN, Mark.NONE, IfId.NONE);

    /** The sixth policy, by as much as names it. */
    static final XfrmPolicy SIXTH_POLICY = XfrmPolicy.builder(between("198.51.100.0/24", "0.0.0.0/0"), Direction.IN)
            .build();

    static final Migration MIGRATION = new Migration(
            new PolicyKey(
                    Direction.OUT, PolicyType.MAIN, between("10.11.0.0/16", "10.12.0.0/16"), Mark.NONE, IfId.NONE),
            List.of(new Migration.Move(
                    ends("2001:db8::1", "2001:db8::f"),
                    ends("2001:db8::1", "2001:db8::e"),
                    IpProtocol.ESP,
                    Mode.TUNNEL,
                    new Reqid(0x4001))),
            Optional.empty(),
            Optional.empty(),
            List.of());

    private RecordedSession() {}

    /** A state between the session's two ends, as yet without algorithms. */
    static XfrmState.Builder esp(int spi) {
        return XfrmState.builder(new SaId(THERE, new Spi(spi), IpProtocol.ESP), HERE)
                .selector(Selector.any(Family.UNSPEC))
                .mode(Mode.TUNNEL)
                .reqid(new Reqid(1));
    }

    static Selector between(String source, String destination) {
        return Selector.between(IpPrefix.parse(source), IpPrefix.parse(destination));
    }

    private static Migration.Ends ends(String source, String destination) {
        return new Migration.Ends(IpAddress.parse(source), IpAddress.parse(destination));
    }

    /** Added so many seconds after the first state, and not used. */
    static LifetimeCurrent addedAt(int second) {
        return new LifetimeCurrent(0, 0, 1_795_434_685L + second, 0);
    }

    static Key countingKey(int length) {
        byte[] material = new byte[length];
        for (int i = 0; i < length; i++) {
            material[i] = (byte) (i + 1);
        }
        return Key.of(material);
    }
}
