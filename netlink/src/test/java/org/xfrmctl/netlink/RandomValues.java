package org.xfrmctl.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Iptfs;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.Offload;
import org.xfrmctl.model.Placement;
import org.xfrmctl.model.PolicyAction;
import org.xfrmctl.model.PolicyFlags;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.PortMatch;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaDirection;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.SecurityLabel;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.AsyncEvent;
import org.xfrmctl.netlink.xfrm.Migration;
import org.xfrmctl.netlink.xfrm.SpiRequest;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** States, policies, events and what else messages carry, with every member at random, from a seed. */
public final class RandomValues {
    private final Random random;

    public RandomValues(long seed) {
        random = new Random(seed);
    }

    public XfrmState state() {
        Family family = family();
        return XfrmState.builder(id(family), address(family))
                .selector(selector(random.nextInt(4) == 0 ? Family.UNSPEC : family()))
                .mode(new Mode(oneIn(4) ? random.nextInt(256) : random.nextInt(6)))
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

    public XfrmPolicy policy() {
        List<Template> templates = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Family family = family();
            templates.add(new Template(
                    id(family),
                    address(family),
                    new Reqid(random.nextInt()),
                    new Mode(oneIn(4) ? random.nextInt(256) : random.nextInt(6)),
                    new Level(oneIn(4) ? random.nextInt(256) : random.nextInt(2)),
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
                .offload(sometimes(this::offload))
                .label(sometimes(this::label))
                .other(other())
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
                sometimes(() -> new Mark(random.nextInt(), random.nextInt())),
                new NatTraversal(sometimes(() -> encap(family)), oneIn(2) ? random.nextInt() : 0, random.nextInt(3)),
                placement(),
                oneIn(2) ? iptfs() : Iptfs.UNSET,
                new StateExtras(
                        sometimes(() -> address(family)),
                        oneIn(2) ? random.nextInt() : 0,
                        oneIn(2) ? OptionalLong.of(random.nextLong()) : OptionalLong.empty(),
                        sometimes(this::label)),
                other());
    }

    private Encap encap(Family family) {
        return new Encap(random.nextInt(65536), random.nextInt(65536), random.nextInt(65536), address(family));
    }

    private Placement placement() {
        return new Placement(sometimes(() -> pick(SaDirection.values())), number(), sometimes(this::offload));
    }

    /** Without a device. */
    private Placement anywhere() {
        return new Placement(sometimes(() -> pick(SaDirection.values())), number(), Optional.empty());
    }

    private Offload offload() {
        return new Offload(random.nextInt(), random.nextInt(256));
    }

    private SecurityLabel label() {
        byte[] text = new byte[random.nextInt(40)];
        random.nextBytes(text);
        return new SecurityLabel(random.nextInt(256), random.nextInt(256), Bytes.of(text));
    }

    private Iptfs iptfs() {
        return new Iptfs(
                number(),
                oneIn(2) ? OptionalInt.of(random.nextInt(65536)) : OptionalInt.empty(),
                oneIn(2),
                number(),
                number(),
                number());
    }

    /** An event of a kind that follows from {@code index}, so that none is left out. */
    public XfrmEvent event(int index) {
        Family family = family();
        return switch (Math.floorMod(index, 17)) {
            case 0 -> new XfrmEvent.StateAdded(state());
            case 1 -> new XfrmEvent.StateUpdated(state());
            case 2 -> new XfrmEvent.StateDeleted(state());
            case 3 -> new XfrmEvent.StatesFlushed(new IpProtocol(random.nextInt(256)), other());
            case 4 -> new XfrmEvent.StateExpired(expiring(), oneIn(2));
            case 5 -> new XfrmEvent.PolicyAdded(policy());
            case 6 -> new XfrmEvent.PolicyUpdated(policy());
            case 7 -> new XfrmEvent.PolicyDeleted(policy(), oneIn(2) ? random.nextInt() : 0);
            case 8 -> new XfrmEvent.PoliciesFlushed(sometimes(() -> pick(PolicyType.values())), other());
            case 9 -> new XfrmEvent.PolicyExpired(policy(), oneIn(2));
            case 10 -> acquired();
            case 11 -> new XfrmEvent.StateMoved(asyncEvent());
            case 12 ->
                new XfrmEvent.Mapped(id(family), new Reqid(random.nextInt()), peer(family), peer(family), other());
            case 13 -> new XfrmEvent.DefaultsSet(defaults(), other());
            case 14 -> new XfrmEvent.Migrated(migration());
            case 15 -> reported();
            default -> new XfrmEvent.Other(41 + random.nextInt(1000), words());
        };
    }

    /** What an EXPIRE tells: no attributes but mark, if_id, CPU and direction, and what nobody knows. */
    private XfrmState expiring() {
        XfrmState state = state();
        return state.toBuilder()
                .flags(new StateFlags(state.flags().bits(), 0))
                .algorithms(List.of())
                .replay(new ReplayState.Basic(random.nextInt(256), 0, 0, 0))
                .options(StateOptions.NONE.withPlacement(anywhere()).withOther(other()))
                .build();
    }

    private XfrmEvent acquired() {
        XfrmPolicy policy = policy();
        Family family = policy.templates().isEmpty()
                ? policy.selector().family()
                : policy.templates().get(0).family();
        IpProtocol protocol = policy.templates().isEmpty()
                ? IpProtocol.ESP
                : policy.templates().get(0).protocol();
        return new XfrmEvent.Acquired(
                new SaId(address(family), new Spi(random.nextInt()), protocol),
                address(family),
                selector(policy.selector().family()),
                policy,
                new Template.AlgorithmMasks(random.nextInt(), random.nextInt(), random.nextInt()),
                random.nextInt());
    }

    public AsyncEvent asyncEvent() {
        Family family = family();
        ReplayState replay = replay() instanceof ReplayState.Extended extended
                ? extended
                : new ReplayState.Basic(0, random.nextInt(), random.nextInt(), random.nextInt());
        return new AsyncEvent(
                id(family),
                address(family),
                new Reqid(random.nextInt()),
                random.nextInt(),
                mark(),
                new AsyncEvent.Values(
                        sometimes(() -> replay),
                        sometimes(this::current),
                        new AsyncEvent.Thresholds(number(), number(), number()),
                        new IfId(oneIn(2) ? random.nextInt() : 0),
                        anywhere(),
                        other()));
    }

    private XfrmEvent.Peer peer(Family family) {
        return new XfrmEvent.Peer(address(family), random.nextInt(65536));
    }

    public DefaultPolicies defaults() {
        return new DefaultPolicies(random.nextInt(256), random.nextInt(256), random.nextInt(256));
    }

    public Migration migration() {
        Family after = family();
        List<Migration.Move> moves = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Family before = family();
            moves.add(new Migration.Move(
                    new Migration.Ends(address(before), address(before)),
                    new Migration.Ends(address(after), address(after)),
                    new IpProtocol(random.nextInt(256)),
                    new Mode(random.nextInt(256)),
                    new Reqid(random.nextInt())));
        }
        PolicyKey key = new PolicyKey(
                pick(Direction.values()),
                pick(PolicyType.values()),
                selector(family()),
                Mark.NONE,
                new IfId(oneIn(2) ? random.nextInt() : 0));
        return new Migration(
                key,
                moves,
                sometimes(() -> new Migration.KmAddresses(address(after), address(after))),
                sometimes(() -> encap(after)),
                other());
    }

    /** Attributes that nobody knows, and a few bytes behind them that are none. */
    private List<RawAttribute> other() {
        List<RawAttribute> other = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            int flags = random.nextInt(4) << 14;
            other.add(raw(flags | (42 + random.nextInt(1000))));
        }
        if (oneIn(4)) {
            byte[] rest = new byte[1 + random.nextInt(3)];
            random.nextBytes(rest);
            other.add(new RawAttribute(RawAttribute.TRAILING, Bytes.of(rest)));
        }
        return other;
    }

    private XfrmEvent reported() {
        Family family = family();
        return new XfrmEvent.Reported(
                new IpProtocol(random.nextInt(256)), selector(family), sometimes(() -> address(family)), other());
    }

    public StateKey stateKey() {
        Family family = family();
        SaId id = id(family);
        return new StateKey(id, id.protocol().isIpsec() ? IpAddress.any(family) : address(family), mark());
    }

    public SpiRequest spiRequest() {
        XfrmState state = expiring();
        return new SpiRequest(
                state.toBuilder()
                        .current(LifetimeCurrent.NONE)
                        .statistics(StateStatistics.NONE)
                        .build(),
                random.nextInt(),
                random.nextInt());
    }

    private Bytes words() {
        byte[] bytes = new byte[random.nextInt(80)];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    private Selector selector(Family family) {
        int lengths = family == Family.UNSPEC ? 256 : family.bits() + 1;
        return new Selector(
                new IpPrefix(address(family), random.nextInt(lengths)),
                new IpPrefix(address(family), random.nextInt(lengths)),
                new IpProtocol(random.nextInt(256)),
                new PortMatch(random.nextInt(65536), random.nextInt(65536)),
                new PortMatch(random.nextInt(65536), random.nextInt(65536)),
                new Selector.Binding(random.nextInt(), random.nextInt()));
    }

    private SaId id(Family family) {
        return new SaId(address(family), new Spi(random.nextInt()), new IpProtocol(random.nextInt(256)));
    }

    private IpAddress address(Family family) {
        if (family == Family.UNSPEC) {
            return new IpAddress(family, random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
        }
        byte[] bytes = new byte[family.bytes()];
        random.nextBytes(bytes);
        return IpAddress.of(bytes);
    }

    private Key key() {
        byte[] material = new byte[random.nextInt(65)];
        random.nextBytes(material);
        boolean odd = material.length > 0 && oneIn(4);
        return odd ? Key.of(material, 8 * material.length - random.nextInt(8)) : Key.of(material);
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

    private OptionalInt number() {
        return oneIn(2) ? OptionalInt.of(random.nextInt()) : OptionalInt.empty();
    }

    private <T> Optional<T> sometimes(Supplier<T> make) {
        return oneIn(2) ? Optional.of(make.get()) : Optional.empty();
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
