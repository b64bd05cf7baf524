package org.xfrmctl.netlink.route;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.RawAttribute;

/** Addresses, routes and rules with every member at random, from a seed. */
final class RandomRoutes {
    /** Numbers that no table of attributes has yet. */
    private static final int UNKNOWN = 200;

    private final Random random;

    RandomRoutes(long seed) {
        random = new Random(seed);
    }

    LinkAddress address() {
        Family family = family();
        IpPrefix prefix = prefix(family);
        return new LinkAddress(
                random.nextInt(),
                prefix,
                new Scope(random.nextInt(256)),
                new LinkAddress.Flags(random.nextInt()),
                random.nextInt(256),
                sometimes(() -> address(family)).filter(peer -> !peer.equals(prefix.address())),
                other());
    }

    Route route() {
        Family family = family();
        Route.Key key =
                new Route.Key(prefix(family), prefix(family), new RouteTable(number()), number(), random.nextInt(256));
        Route.Kind kind =
                new Route.Kind(new RouteType(random.nextInt(256)), random.nextInt(256), new Scope(random.nextInt(256)));
        return new Route(
                key,
                kind,
                sometimes(this::hop).map(List::of).orElse(List.of()),
                sometimes(() -> address(family)),
                metrics(),
                other());
    }

    private Hop hop() {
        Optional<IpAddress> gateway = sometimes(() -> address(family()));
        OptionalInt link = gateway.isEmpty() || random.nextBoolean() ? OptionalInt.of(number()) : OptionalInt.empty();
        return new Hop(gateway, link, 1, random.nextBoolean() ? Hop.ON_LINK : 0);
    }

    private RouteMetrics metrics() {
        return random.nextBoolean() ? RouteMetrics.NONE : new RouteMetrics(maybe(), maybe(), number(), other());
    }

    Rule rule() {
        Family family = family();
        Rule.Match match = new Rule.Match(
                prefix(family),
                prefix(family),
                random.nextBoolean() ? Mark.NONE : new Mark(random.nextInt(), random.nextInt()),
                new Rule.Links(sometimes(() -> "in" + random.nextInt(9)), sometimes(() -> "out" + random.nextInt(9))),
                random.nextInt(256),
                random.nextBoolean());
        return new Rule(
                number(),
                match,
                new Rule.Action(random.nextInt(256)),
                new RouteTable(number()),
                random.nextInt(256),
                other());
    }

    private Family family() {
        return random.nextBoolean() ? Family.INET : Family.INET6;
    }

    private IpAddress address(Family family) {
        byte[] bytes = new byte[family.bytes()];
        random.nextBytes(bytes);
        return IpAddress.of(bytes);
    }

    /** What is not written of a prefix that holds every address does not come back. */
    private IpPrefix prefix(Family family) {
        int length = random.nextInt(family.bits() + 1);
        return length == 0 ? IpPrefix.any(family) : new IpPrefix(address(family), length);
    }

    /** Small, large or 0. */
    private int number() {
        return switch (random.nextInt(3)) {
            case 0 -> 0;
            case 1 -> random.nextInt(300);
            default -> random.nextInt();
        };
    }

    private OptionalInt maybe() {
        return random.nextBoolean() ? OptionalInt.of(number()) : OptionalInt.empty();
    }

    private <T> Optional<T> sometimes(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private List<RawAttribute> other() {
        List<RawAttribute> other = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            byte[] payload = new byte[random.nextInt(9)];
            random.nextBytes(payload);
            other.add(new RawAttribute(UNKNOWN + random.nextInt(50), Bytes.of(payload)));
        }
        return other;
    }
}
