package org.xfrmctl.it.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.ReplayState;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateKey;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.xfrm.AsyncEvent;
import org.xfrmctl.netlink.xfrm.DumpFilter;
import org.xfrmctl.netlink.xfrm.Migration;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.SpdInfo.Threshold;
import org.xfrmctl.netlink.xfrm.SpiRequest;
import org.xfrmctl.netlink.xfrm.XfrmRequests;

/** Requests about a small world of states and policies, so that they meet each other, from a seed. */
final class RandomRequests {
    private final Random random;
    private final SmallWorld world;

    RandomRequests(Random random) {
        this.random = random;
        this.world = new SmallWorld(random);
    }

    /** With which a sequence begins, so that packets find something: some states, and policies that fit. */
    Request first(int number) {
        return number % 5 < 3
                ? XfrmRequests.addState(world.remember(world.state()))
                : XfrmRequests.addPolicy(world.fitting());
    }

    Request next() {
        int kind = random.nextInt(100);
        return kind < 53
                ? aboutStates(kind)
                : kind < 88 ? aboutPolicies(kind - 53) : kind < 92 ? migration() : aboutAll(kind - 92);
    }

    private Request aboutStates(int kind) {
        if (kind < 20) {
            return XfrmRequests.addState(world.remember(world.state()));
        } else if (kind < 28) {
            return XfrmRequests.updateState(world.state());
        } else if (kind < 34) {
            return XfrmRequests.deleteState(key(world.state()));
        } else if (kind < 38) {
            return XfrmRequests.getState(key(world.state()));
        } else if (kind < 43) {
            return XfrmRequests.allocSpi(spi());
        } else if (kind < 47) {
            return XfrmRequests.expireState(world.state(), random.nextBoolean());
        } else if (kind < 49) {
            return XfrmRequests.getAsyncEvent(AsyncEvent.about(world.state().id(), world.mark(), random.nextInt(16)));
        } else if (kind < 52) {
            return XfrmRequests.setAsyncEvent(AsyncEvent.set(world.state().id(), world.mark(), numbers()));
        } else if (kind < 53) {
            return XfrmRequests.flushStates(
                    pick(IpProtocol.ANY, IpProtocol.ESP, IpProtocol.AH, IpProtocol.COMP, IpProtocol.IPSEC_ANY));
        }
        return XfrmRequests.listStates(
                random.nextBoolean() ? DumpFilter.NONE : new DumpFilter(world.protocol(), Optional.empty()));
    }

    private static StateKey key(XfrmState state) {
        return new StateKey(state.id(), state.source(), state.mark());
    }

    /** One SPI to choose from: what the kernel would draw at random cannot be compared. */
    private SpiRequest spi() {
        XfrmState like = world.state();
        int spi = world.spi(like.id().protocol()).bits();
        XfrmState wanted = XfrmState.builder(
                        new SaId(like.id().destination(), Spi.NONE, like.id().protocol()), like.source())
                .mode(like.mode())
                .reqid(like.reqid())
                .mark(like.mark())
                .ifId(like.ifId())
                .seq(random.nextInt(3))
                .build();
        return new SpiRequest(wanted, spi, spi);
    }

    private AsyncEvent.Values numbers() {
        ReplayState replay = random.nextBoolean()
                ? new ReplayState.Basic(0, random.nextInt(9), random.nextInt(9), random.nextInt())
                : new ReplayState.Extended(
                        32, random.nextInt(9), random.nextInt(9), Collections.nCopies(1 + random.nextInt(2), 5));
        return new AsyncEvent.Values(
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(replay),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new LifetimeCurrent(random.nextInt(900), random.nextInt(90), 0, 0)),
                AsyncEvent.Thresholds.UNTOLD);
    }

    private Request aboutPolicies(int kind) {
        if (kind < 14) {
            return XfrmRequests.addPolicy(world.policy());
        } else if (kind < 20) {
            return XfrmRequests.updatePolicy(world.policy());
        } else if (kind < 24) {
            return XfrmRequests.deletePolicy(world.policy().key());
        } else if (kind < 26) {
            return XfrmRequests.deletePolicy(index());
        } else if (kind < 29) {
            return XfrmRequests.getPolicy(world.policy().key());
        } else if (kind < 30) {
            return XfrmRequests.getPolicy(index());
        } else if (kind < 32) {
            return XfrmRequests.flushPolicies(pick(PolicyType.values()));
        } else if (kind < 34) {
            return XfrmRequests.expirePolicy(world.policy(), random.nextBoolean());
        }
        return XfrmRequests.listPolicies();
    }

    private PolicyIndex index() {
        XfrmPolicy policy = world.policy();
        Direction direction = pick(Direction.IN, Direction.OUT, Direction.FWD);
        return new PolicyIndex(
                SmallWorld.index(random.nextInt(3), direction),
                direction,
                policy.type().orElse(PolicyType.MAIN),
                random.nextInt(3) == 0 ? world.mark() : Mark.NONE,
                policy.ifId());
    }

    /**
     * Of a policy's templates to other ends. No ESP in counter mode: the copy of a state lacks the generator of IVs
     * ({@code xfrm_state_clone()}), so that Linux sends what its memory held for an IV.
     */
    private Request migration() {
        XfrmPolicy policy = world.policy();
        List<Migration.Move> moves = new ArrayList<>();
        for (Template template : policy.templates()) {
            boolean left = template.protocol().equals(IpProtocol.ESP) && world.isCounting();
            if (!left
                    && template.source().family() == template.id().destination().family()) {
                moves.add(new Migration.Move(
                        new Migration.Ends(template.source(), template.id().destination()),
                        elsewhere(template),
                        template.protocol(),
                        template.mode(),
                        random.nextInt(3) == 0 ? Reqid.NONE : template.reqid()));
            }
        }
        if (moves.isEmpty()) {
            return XfrmRequests.listPolicies();
        }
        PolicyKey key = policy.key();
        return XfrmRequests.migrate(new Migration(
                new PolicyKey(key.direction(), key.type(), key.selector(), Mark.NONE, key.ifId()),
                moves,
                Optional.empty(),
                Optional.empty(),
                List.of()));
    }

    /** The far end has moved. */
    private static Migration.Ends elsewhere(Template template) {
        IpAddress source = template.source();
        boolean v4 = source.family() == Family.INET;
        IpAddress moved = IpAddress.parse(v4 ? "192.0.2.9" : "2001:db8::9");
        return source.equals(Subject.local(source.family()))
                ? new Migration.Ends(source, moved)
                : new Migration.Ends(moved, template.id().destination());
    }

    private Threshold threshold(int bits) {
        return new Threshold(random.nextInt(bits + 2), random.nextInt(bits + 2));
    }

    private Request aboutAll(int kind) {
        return switch (kind) {
            case 0 ->
                XfrmRequests.setThresholds(new SpdInfo.Thresholds(
                        random.nextBoolean() ? Optional.of(threshold(32)) : Optional.empty(),
                        random.nextBoolean() ? Optional.of(threshold(128)) : Optional.empty()));
            case 1 -> XfrmRequests.countStates();
            case 2, 3 -> XfrmRequests.countPolicies();
            case 4, 5 ->
                XfrmRequests.setDefaults(new DefaultPolicies(random.nextInt(4), random.nextInt(4), random.nextInt(4)));
            default -> XfrmRequests.getDefaults();
        };
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
