package org.xfrmctl.model.mtu;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import org.xfrmctl.model.XfrmState;

/**
 * The longest packet that a chain of states turns into one that fits: from the outermost state to the innermost, as the
 * kernel goes ({@code xfrm_init_pmtu()}).
 *
 * @param path the longest packet that the way takes
 * @param layers the states, outermost first
 */
public record MtuSum(int path, List<Layer> layers) {
    public MtuSum {
        layers = List.copyOf(layers);
    }

    /**
     * The sum for states in the order of their work, the innermost first.
     *
     * @throws IllegalArgumentException if nothing is known of one of their algorithms
     */
    public static MtuSum of(List<XfrmState> states, int path) {
        List<Layer> layers = new ArrayList<>();
        int left = path;
        for (ListIterator<XfrmState> each = states.listIterator(states.size()); each.hasPrevious(); ) {
            XfrmState state = each.previous();
            Layer layer = new Layer(state, left, Overhead.of(state));
            layers.add(layer);
            left = layer.left();
        }
        return new MtuSum(path, layers);
    }

    /** What is left for the sender's packets, if no route of theirs has less. */
    public int left() {
        return left(path);
    }

    /** What another path than this one would leave. */
    public int left(int of) {
        int left = of;
        for (Layer layer : layers) {
            left = layer.overhead().through(left);
        }
        return left;
    }

    /**
     * The least path that leaves as much: what lies between it and {@link #mostPath} makes no difference. 1 where ESP leaves
     * nothing, for the kernel's sum never goes below 1 there.
     */
    public int leastPath() {
        int least = path;
        while (least > 1 && left(least - 1) == left()) {
            least--;
        }
        return least;
    }

    /** The greatest path that leaves no more. */
    public int mostPath() {
        int most = path;
        while (left(most + 1) == left()) {
            most++;
        }
        return most;
    }

    /** The least path that leaves at least this much. */
    public int pathFor(int wanted) {
        int needed = 1;
        while (left(needed) < wanted) {
            needed++;
        }
        return needed;
    }
}
