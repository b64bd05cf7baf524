package org.xfrmctl.netlink.text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
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
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
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
import org.xfrmctl.model.StateExtras;
import org.xfrmctl.model.StateFlags;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.StateStatistics;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.uapi.Xfrma;

/** States and policies of every shape that a message can carry, sensible or not. */
final class RandomObjects {
    private static final int[] PROTOCOLS = {0, 1, 4, 6, 17, 41, 43, 47, 50, 51, 58, 60, 108, 132, 135, 250, 255};

    private final Random random;

    RandomObjects(long seed) {
        this.random = new Random(seed);
    }

    XfrmState state() {
        Family family = family();
        return XfrmState.builder(new SaId(address(family), new Spi(bits()), protocol()), address(family))
                .selector(sometimes(() -> selector(family())).orElseGet(() -> Selector.any(anyFamily())))
                .mode(new Mode(random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(6)))
                .reqid(new Reqid(bits()))
                .seq(bits())
                .flags(new StateFlags(random.nextInt(4) == 0 ? 0 : random.nextInt(256), extraFlags()))
                .algorithms(algorithms())
                .replay(replay())
                .limits(limits())
                .current(current())
                .statistics(new StateStatistics(bits(), bits(), bits()))
                .mark(mark())
                .ifId(ifId())
                .options(StateOptions.NONE
                        .withOutputMark(sometimes(this::outputMark))
                        .withNatTraversal(new NatTraversal(
                                sometimes(() -> new Encap(random.nextInt(9), port(), port(), address(family))), 0, 0))
                        .withExtras(new StateExtras(
                                sometimes(() -> address(family)),
                                random.nextBoolean() ? 0 : bits(),
                                random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(time()),
                                Optional.empty()))
                        .withOther(others()))
                .build();
    }

    XfrmPolicy policy() {
        return XfrmPolicy.builder(selector(family()), pick(Direction.values()))
                .action(pick(PolicyAction.values()))
                .priority(bits())
                .templates(many(6, this::template))
                .index(bits())
                .flags(new PolicyFlags(random.nextBoolean() ? 0 : random.nextInt(256)))
                .share(random.nextInt(6))
                .type(sometimes(() -> pick(PolicyType.values())))
                .limits(limits())
                .current(current())
                .mark(mark())
                .ifId(ifId())
                .other(others())
                .build();
    }

    /** Attributes that the model carries unread, all of a length that a kernel gives them. */
    List<RawAttribute> others() {
        List<RawAttribute> list = new ArrayList<>();
        sometimes(this::securityContext).ifPresent(list::add);
        sometimes(() -> offload()).ifPresent(list::add);
        sometimes(() -> new RawAttribute(Xfrma.SA_DIR, Bytes.of((byte) random.nextInt(4))))
                .ifPresent(list::add);
        sometimes(() -> raw(Xfrma.SA_PCPU, 4)).ifPresent(list::add);
        sometimes(() -> raw(Xfrma.NAT_KEEPALIVE_INTERVAL, 4)).ifPresent(list::add);
        sometimes(() -> raw(Xfrma.MTIMER_THRESH, 4)).ifPresent(list::add);
        sometimes(() -> raw(Xfrma.IPTFS_DROP_TIME + random.nextInt(6), 4)).ifPresent(list::add);
        sometimes(() -> raw(Xfrma.SET_MARK_MASK + 100 + random.nextInt(1000), random.nextInt(20)))
                .ifPresent(list::add);
        return list;
    }

    private RawAttribute offload() {
        ByteBuffer payload = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        payload.putInt(0, random.nextBoolean() ? random.nextInt(3) : bits()).put(4, (byte) random.nextInt());
        return new RawAttribute(Xfrma.OFFLOAD_DEV, Bytes.of(payload.array()));
    }

    private RawAttribute securityContext() {
        byte[] label = "system_u:object_r:ipsec_spd_t:s0".getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer payload = ByteBuffer.allocate(8 + label.length).order(ByteOrder.nativeOrder());
        payload.putShort(0, (short) payload.capacity()).putShort(6, (short) random.nextInt(label.length + 1));
        return new RawAttribute(Xfrma.SEC_CTX, Bytes.of(payload.put(8, label).array()));
    }

    private RawAttribute raw(int type, int length) {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return new RawAttribute(type, Bytes.of(payload));
    }

    private Template template() {
        Family family = family();
        return new Template(
                new SaId(address(family), new Spi(random.nextBoolean() ? 0 : bits()), protocol()),
                address(family),
                new Reqid(bits()),
                new Mode(random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(6)),
                new Level(random.nextInt(3)),
                new Template.AlgorithmMasks(bits(), bits(), bits()),
                random.nextInt(6));
    }

    private Selector selector(Family family) {
        return new Selector(
                prefix(family),
                prefix(family),
                protocol(),
                portMatch(),
                portMatch(),
                new Selector.Binding(pick(new Integer[] {0, 0, 1, 4711, Integer.MAX_VALUE}), bits()));
    }

    /** Integrity always states its length, for the kernel does in what it sends. */
    private List<Algorithm> algorithms() {
        List<Algorithm> list = new ArrayList<>();
        sometimes(() -> new Algorithm.Aead(name(), key(), random.nextInt(257))).ifPresent(list::add);
        sometimes(() -> new Algorithm.Authentication(name(), key(), 1 + random.nextInt(512)))
                .ifPresent(list::add);
        sometimes(() -> new Algorithm.Encryption(name(), key())).ifPresent(list::add);
        sometimes(() -> new Algorithm.Compression(name(), key())).ifPresent(list::add);
        return list;
    }

    private ReplayState replay() {
        if (random.nextBoolean()) {
            return new ReplayState.Basic(random.nextInt(256), bits(), bits(), bits());
        }
        return new ReplayState.Extended(bits(), random.nextLong(), random.nextLong(), many(20, this::bits));
    }

    private LifetimeLimits limits() {
        return new LifetimeLimits(limit(), limit(), limit(), limit());
    }

    private Limit limit() {
        return new Limit(amount(), amount());
    }

    private LifetimeCurrent current() {
        return new LifetimeCurrent(amount(), amount(), time(), time());
    }

    private int extraFlags() {
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> random.nextInt(4);
            default -> bits();
        };
    }

    private Mark mark() {
        return random.nextBoolean() ? Mark.NONE : new Mark(bits(), bits());
    }

    private Mark outputMark() {
        return new Mark(bits(), bits());
    }

    private IfId ifId() {
        return random.nextBoolean() ? IfId.NONE : new IfId(bits());
    }

    private PortMatch portMatch() {
        return random.nextInt(3) == 0 ? PortMatch.ANY : new PortMatch(port(), random.nextBoolean() ? 0xffff : port());
    }

    private int port() {
        return random.nextInt(0x10000);
    }

    private IpProtocol protocol() {
        return new IpProtocol(PROTOCOLS[random.nextInt(PROTOCOLS.length)]);
    }

    private IpPrefix prefix(Family family) {
        return new IpPrefix(address(family), random.nextInt(family.bits() + 1));
    }

    /** IPv6 addresses have runs of zeros at random places, for their printing depends on these. */
    private IpAddress address(Family family) {
        byte[] bytes = new byte[family.bytes()];
        random.nextBytes(bytes);
        for (int group = 0; group + 1 < bytes.length; group += 2) {
            if (random.nextBoolean()) {
                bytes[group] = 0;
                bytes[group + 1] = random.nextBoolean() ? 0 : bytes[group + 1];
            }
        }
        return IpAddress.of(bytes);
    }

    private Family family() {
        return random.nextBoolean() ? Family.INET : Family.INET6;
    }

    private Family anyFamily() {
        return pick(Family.values());
    }

    private String name() {
        return pick(new String[] {"cbc(aes)", "hmac(sha256)", "x", "rfc4106(gcm(aes))", "n".repeat(63)});
    }

    private Key key() {
        byte[] material = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(65)];
        random.nextBytes(material);
        return Key.of(material);
    }

    private long amount() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> LifetimeLimits.INFINITE;
            case 2 -> random.nextInt(1_000_000);
            default -> random.nextLong();
        };
    }

    /** Unix seconds up to the year 2106. */
    private long time() {
        return random.nextInt(3) == 0 ? 0 : Integer.toUnsignedLong(random.nextInt());
    }

    private int bits() {
        return random.nextInt(4) == 0 ? random.nextInt(100) : random.nextInt();
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> Optional<T> sometimes(Supplier<T> make) {
        return random.nextBoolean() ? Optional.of(make.get()) : Optional.empty();
    }

    private <T> List<T> many(int most, Supplier<T> make) {
        List<T> list = new ArrayList<>();
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            list.add(make.get());
        }
        return list;
    }
}
