package org.xfrmctl.netlink.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.uapi.Xfrma;

/** States and policies with every member at random, from a seed. */
final class RandomObjects {
    private final Random random;

    RandomObjects(long seed) {
        random = new Random(seed);
    }

    XfrmState state() {
        Family family = family();
        return XfrmState.builder(id(family), address(family))
                .selector(random.nextInt(4) == 0 ? Selector.any(Family.UNSPEC) : selector(family()))
                .mode(pick(Mode.values()))
                .reqid(new Reqid(random.nextInt()))
                .seq(random.nextInt())
                .flags(new StateFlags(random.nextInt(256), oneIn(2) ? random.nextInt() : 0))
                .algorithms(algorithms())
                .replay(replay())
                .limits(new LifetimeLimits(limit(), limit(), limit(), limit()))
                .current(current())
                .statistics(new StateStatistics(random.nextInt(), random.nextInt(), random.nextInt()))
                .mark(mark())
                .ifId(new IfId(oneIn(2) ? random.nextInt() : 0))
                .options(options(family))
                .build();
    }

    XfrmPolicy policy() {
        List<Template> templates = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Family family = family();
            templates.add(new Template(
                    id(family),
                    address(family),
                    new Reqid(random.nextInt()),
                    pick(Mode.values()),
                    pick(Level.values()),
                    new Template.AlgorithmMasks(random.nextInt(), random.nextInt(), random.nextInt()),
                    random.nextInt(256)));
        }
        return XfrmPolicy.builder(selector(family()), pick(Direction.values()))
                .action(pick(PolicyAction.values()))
                .priority(random.nextInt())
                .templates(templates)
                .index(random.nextInt())
                .flags(new PolicyFlags(random.nextInt(256)))
                .share(random.nextInt(256))
                .type(oneIn(2) ? Optional.of(pick(PolicyType.values())) : Optional.empty())
                .limits(new LifetimeLimits(limit(), limit(), limit(), limit()))
                .current(current())
                .mark(mark())
                .ifId(new IfId(oneIn(2) ? random.nextInt() : 0))
                .other(oneIn(3) ? List.of(raw(Xfrma.SEC_CTX), raw(900)) : List.of())
                .build();
    }

    private List<Algorithm> algorithms() {
        List<Algorithm> algorithms = new ArrayList<>();
        if (oneIn(2)) {
            algorithms.add(new Algorithm.Aead("rfc4106(gcm(aes))", key(), 64 + 32 * random.nextInt(3)));
        }
        if (oneIn(2)) {
            algorithms.add(new Algorithm.Authentication("hmac(sha256)", key(), 96 + 32 * random.nextInt(2)));
        }
        if (oneIn(2)) {
            algorithms.add(new Algorithm.Encryption("cbc(aes)", key()));
        }
        if (oneIn(2)) {
            algorithms.add(Algorithm.Compression.DEFLATE);
        }
        return algorithms;
    }

    private ReplayState replay() {
        if (oneIn(2)) {
            return new ReplayState.Basic(random.nextInt(256), random.nextInt(), random.nextInt(), random.nextInt());
        }
        List<Integer> bitmap = random.ints(1 + random.nextInt(128)).boxed().toList();
        return new ReplayState.Extended(random.nextInt(), random.nextLong(), random.nextLong(), bitmap);
    }

    private StateOptions options(Family family) {
        return new StateOptions(
                oneIn(2) ? Optional.of(new Mark(random.nextInt(), random.nextInt())) : Optional.empty(),
                oneIn(2)
                        ? Optional.of(new Encap(
                                random.nextInt(65536), random.nextInt(65536), random.nextInt(65536), address(family)))
                        : Optional.empty(),
                oneIn(2) ? Optional.of(address(family)) : Optional.empty(),
                oneIn(2) ? random.nextInt() : 0,
                oneIn(2) ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                oneIn(2) ? List.of(raw(Xfrma.OFFLOAD_DEV), raw(Xfrma.SA_DIR), raw(1000)) : List.of());
    }

    private Selector selector(Family family) {
        return new Selector(
                new IpPrefix(address(family), random.nextInt(family.bits() + 1)),
                new IpPrefix(address(family), random.nextInt(family.bits() + 1)),
                new IpProtocol(random.nextInt(256)),
                new PortMatch(random.nextInt(65536), random.nextInt(65536)),
                new PortMatch(random.nextInt(65536), random.nextInt(65536)),
                new Selector.Binding(random.nextInt(), random.nextInt()));
    }

    private SaId id(Family family) {
        return new SaId(address(family), new Spi(random.nextInt()), new IpProtocol(random.nextInt(256)));
    }

    private IpAddress address(Family family) {
        byte[] bytes = new byte[family.bytes()];
        random.nextBytes(bytes);
        return IpAddress.of(bytes);
    }

    private Key key() {
        byte[] material = new byte[random.nextInt(65)];
        random.nextBytes(material);
        return Key.of(material);
    }

    private RawAttribute raw(int type) {
        byte[] payload = new byte[random.nextInt(10)];
        random.nextBytes(payload);
        return new RawAttribute(type, Bytes.of(payload));
    }

    private LifetimeLimits.Limit limit() {
        return new LifetimeLimits.Limit(random.nextLong(), random.nextLong());
    }

    private LifetimeCurrent current() {
        return new LifetimeCurrent(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    private Mark mark() {
        return oneIn(2) ? new Mark(random.nextInt(), random.nextInt() | 1) : Mark.NONE;
    }

    private Family family() {
        return oneIn(2) ? Family.INET : Family.INET6;
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
