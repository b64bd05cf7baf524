package org.xfrmctl.manager.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.Heard;

/**
 * Looks for the greatest packet that passes: first one that always does, then the greatest that can, then between what passes
 * and what does not. An error that names an MTU is followed, as kernels do. What may have nothing to do with a packet's length
 * (silence, any other error, a send that fails) is believed after several tries, and at the end once more, for one wrong failure
 * would hide all that is longer.
 */
final class PathSearch {
    /** As long as that of {@code ping}: 56 bytes of data, and ICMP's header. */
    private static final int SMALL_PAYLOAD = 64;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    /** Shorter than that even a good network is now and then. */
    private static final int LEAST_WAIT = 250;

    private static final int ROUND_TRIPS = 4;

    private final Sounder sounder;
    private final ProbeLimits limits;
    private final long end;
    private final List<Sounding> each = new ArrayList<>();
    /** What did not pass, by its size. */
    private final TreeMap<Integer, Sounding> failed = new TreeMap<>();

    private int passes;
    private int wait;

    /** Sizes of which something is supposed: tried first, if they are open when not all passes. */
    private final List<Integer> hints;

    PathSearch(Sounder sounder, ProbeLimits limits) {
        this(sounder, limits, List.of());
    }

    PathSearch(Sounder sounder, ProbeLimits limits, List<Integer> hints) {
        this.sounder = sounder;
        this.hints = hints;
        this.limits = limits;
        this.end = limits.clock().getAsLong() + limits.total();
        this.wait = limits.patience();
    }

    /** The packet that is tried first: if it does not pass, nothing can be told. */
    static int small(IpAddress to) {
        return (to.family() == Family.INET6 ? IPV6_HEADER : IPV4_HEADER) + SMALL_PAYLOAD;
    }

    /** Searches among these sizes; what an error names is tried as well. */
    Soundings run(int small, IntStream among) {
        long start = limits.clock().getAsLong();
        if (!attempt(small)) {
            return found(true);
        }
        long roundTrip = limits.clock().getAsLong() - start;
        wait = (int) Math.min(limits.patience(), LEAST_WAIT + ROUND_TRIPS * roundTrip);
        NavigableSet<Integer> sizes = new TreeSet<>(among.boxed().toList());
        OptionalInt next = next(sizes, OptionalInt.empty());
        while (next.isPresent()) {
            if (limits.clock().getAsLong() >= end) {
                return found(false);
            }
            attempt(next.getAsInt());
            next = next(sizes, told());
        }
        return found(true);
    }

    /** What the last error named. */
    private OptionalInt told() {
        Heard heard = each.get(each.size() - 1).heard();
        return heard instanceof Heard.TooBig tooBig
                ? OptionalInt.of(tooBig.mtu())
                : heard instanceof Heard.Refused refused ? OptionalInt.of(refused.mtu()) : OptionalInt.empty();
    }

    private OptionalInt next(NavigableSet<Integer> sizes, OptionalInt told) {
        int bound = failed.isEmpty() ? Integer.MAX_VALUE : failed.firstKey();
        if (told.isPresent() && told.getAsInt() > passes && told.getAsInt() < bound) {
            // Nothing longer is worth a try while he who said so stays with it.
            sizes.tailSet(told.getAsInt(), false).clear();
            return told;
        }
        List<Integer> open = List.copyOf(sizes.subSet(passes, false, bound, false));
        if (open.isEmpty()) {
            return doubtful();
        }
        int most = open.get(open.size() - 1);
        int middle = open.get(open.size() / 2);
        return OptionalInt.of(
                failed.isEmpty()
                        ? most
                        : hints.stream().filter(open::contains).findFirst().orElse(middle));
    }

    /** The failure at which the search would end, if it may be chance and was not seen twice. */
    private OptionalInt doubtful() {
        Optional<Sounding> last = failed.isEmpty()
                ? Optional.empty()
                : Optional.of(failed.firstEntry().getValue());
        return last.filter(sounding -> sounding.heard().mayBeChance() && sounding.tries() == limits.tries())
                .map(sounding -> OptionalInt.of(sounding.size()))
                .orElse(OptionalInt.empty());
    }

    /** Tries a size, and notes what came of it. */
    private boolean attempt(int size) {
        Optional<Sounding> before = Optional.ofNullable(failed.remove(size));
        Heard heard = before.map(Sounding::heard).orElseGet(Heard.Silence::new);
        int tries = 0;
        while (tries < limits.tries() && heard.mayBeChance()) {
            Heard next = sounder.sound(size, wait);
            // Routers say it once, and limit how often (RFC 1812, section 4.3.2.8).
            heard = next instanceof Heard.Silence ? heard : next;
            tries++;
        }
        Sounding sounding =
                new Sounding(size, heard, tries + before.map(Sounding::tries).orElse(0));
        before.ifPresent(each::remove);
        each.add(sounding);
        if (heard.isAnswer()) {
            passes = Math.max(passes, size);
            failed.headMap(passes, true).clear();
        } else {
            failed.put(size, sounding);
        }
        return heard.isAnswer();
    }

    private Soundings found(boolean inTime) {
        Optional<Sounding> stopped = failed.isEmpty()
                ? Optional.empty()
                : Optional.of(failed.firstEntry().getValue());
        return new Soundings(each, passes, passes == 0 ? Optional.empty() : stopped, inTime);
    }
}
