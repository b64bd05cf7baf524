package org.xfrmctl.datapath.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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

    private final Revision revision;
    /** All states, oldest first. */
    private final Set<SecurityAssociation> all = new LinkedHashSet<>();

    private final SpiTable bySpi = new SpiTable();
    private final Map<Pair, List<SecurityAssociation>> byPair = new HashMap<>();
    private final Map<Ends, List<SecurityAssociation>> byEnds = new HashMap<>();

    StateIndex(Revision revision) {
        this.revision = revision;
    }

    /** Adds a state that waits between other ends than its own, and so is never found there ({@code xfrm_state_find()}). */
    void addAside(SecurityAssociation association) {
        add(association);
        drop(byPair, pair(association), association);
    }

    void add(SecurityAssociation association) {
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
        return byPair.getOrDefault(new Pair(destination, source, reqid), List.of());
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
