package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Spi;

/** The hash tables behind {@link StateTable}. Each bucket lists the newest first, as the kernel's chains do. */
final class StateIndex {
    /** The key of {@code state_bydst}. */
    private record Pair(IpAddress destination, IpAddress source, Reqid reqid) {}

    /** The key of {@code state_bysrc}, for protocols that carry no SPI. */
    private record Ends(IpAddress destination, IpAddress source, IpProtocol proto) {}

    /** {@code xfrm_state_hashmax}. */
    private static final int MOST_CHAINS = 1 << 20;

    private final Revision revision;
    /** All states, oldest first. */
    private final Set<SecurityAssociation> all = new LinkedHashSet<>();

    private final SpiTable bySpi = new SpiTable();
    private final Map<Pair, List<SecurityAssociation>> byPair = new HashMap<>();
    private final Map<Ends, List<SecurityAssociation>> byEnds = new HashMap<>();
    /** Those that stand in the chain of other ends than their own, and that chain. */
    private final Map<SecurityAssociation, Integer> aside = new LinkedHashMap<>();

    private int chains = 8;

    StateIndex(Revision revision) {
        this.revision = revision;
    }

    /**
     * Adds a state that waits between other ends than its own ({@code xfrm_state_find()}): it is found between its own only
     * if these have the same chain, and when the table has grown.
     */
    void addAside(SecurityAssociation association, IpAddress destination, IpAddress source) {
        int chain = HashChain.of(destination, source, association.definition().reqid(), chains);
        enter(association);
        drop(byPair, pair(association), association);
        aside.put(association, chain);
        grow();
    }

    /** The table gets longer with the states, and all of them then stand in their own chains. */
    private void grow() {
        if (all.size() >= chains && chains < MOST_CHAINS) {
            chains *= 2;
            aside.keySet().forEach(association -> push(byPair, pair(association), association));
            aside.clear();
        }
    }

    void add(SecurityAssociation association) {
        enter(association);
        grow();
    }

    private void enter(SecurityAssociation association) {
        revision.next();
        all.add(association);
        push(byPair, pair(association), association);
        push(byEnds, ends(association), association);
        if (!association.id().spi().equals(Spi.NONE)) {
            addSpi(association);
        }
    }

    /** Makes a state that was given an SPI known by it; its place among all states is still that of its addition. */
    void addSpi(SecurityAssociation association) {
        revision.next();
        bySpi.add(association);
    }

    void remove(SecurityAssociation association) {
        revision.next();
        all.remove(association);
        aside.remove(association);
        drop(byPair, pair(association), association);
        drop(byEnds, ends(association), association);
        if (!association.id().spi().equals(Spi.NONE)) {
            bySpi.remove(association);
        }
    }

    boolean contains(SecurityAssociation association) {
        return all.contains(association);
    }

    int size() {
        return all.size();
    }

    List<SecurityAssociation> newestFirst() {
        List<SecurityAssociation> list = new ArrayList<>(all);
        Collections.reverse(list);
        return list;
    }

    /** The newest state with this destination, SPI and protocol whose mark lets one with {@code mark} in. */
    @Nullable
    SecurityAssociation find(IpAddress destination, int spi, int protocol, int mark) {
        return bySpi.find(destination, spi, protocol, mark);
    }

    /** How many states {@link #find} has looked at, for the test that this does not grow with the table. */
    long looks() {
        return bySpi.looks();
    }

    List<SecurityAssociation> byPair(IpAddress destination, IpAddress source, Reqid reqid) {
        Pair pair = new Pair(destination, source, reqid);
        List<SecurityAssociation> own = byPair.getOrDefault(pair, List.of());
        if (aside.isEmpty()) {
            return own;
        }
        int chain = HashChain.of(destination, source, reqid, chains);
        List<SecurityAssociation> found = new ArrayList<>(own);
        aside.forEach((association, place) -> {
            if (place == chain && pair(association).equals(pair)) {
                found.add(association);
            }
        });
        return found;
    }

    List<SecurityAssociation> byEnds(IpAddress destination, IpAddress source, IpProtocol proto) {
        return byEnds.getOrDefault(new Ends(destination, source, proto), List.of());
    }

    private static Pair pair(SecurityAssociation association) {
        return new Pair(
                association.destination(),
                association.source(),
                association.definition().reqid());
    }

    private static Ends ends(SecurityAssociation association) {
        return new Ends(
                association.destination(),
                association.source(),
                association.id().protocol());
    }

    private static <K> void push(Map<K, List<SecurityAssociation>> index, K key, SecurityAssociation association) {
        index.computeIfAbsent(key, unused -> new ArrayList<>(1)).add(0, association);
    }

    private static <K> void drop(Map<K, List<SecurityAssociation>> index, K key, SecurityAssociation association) {
        index.computeIfPresent(key, (unused, bucket) -> {
            bucket.remove(association);
            return bucket.isEmpty() ? null : bucket;
        });
    }
}
