package org.xfrmctl.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfrmctl.netlink.uapi.XfrmGroup;

/** What {@code monitor} listens to, in words of {@code ip xfrm monitor} and, for the last two, of ours. */
enum MonitoredObject {
    ALL(0),
    ACQUIRE(XfrmGroup.ACQUIRE),
    EXPIRE(XfrmGroup.EXPIRE),
    SA(XfrmGroup.SA),
    STATE(XfrmGroup.SA),
    POLICY(XfrmGroup.POLICY),
    AEVENT(XfrmGroup.AEVENTS),
    REPORT(XfrmGroup.REPORT),
    MIGRATE(XfrmGroup.MIGRATE),
    MAPPING(XfrmGroup.MAPPING);

    private final int group;

    MonitoredObject(int group) {
        this.group = group;
    }

    /** The words, for completion. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words().iterator();
        }
    }

    static List<String> words() {
        return Arrays.stream(values()).map(MonitoredObject::toString).toList();
    }

    /** By its word, in either case ({@code ip} knows {@code SA}). */
    static Optional<MonitoredObject> find(String word) {
        return Arrays.stream(values())
                .filter(object -> object.name().equalsIgnoreCase(word))
                .findFirst();
    }

    /** The multicast groups of all of them. */
    static List<Integer> groups(Collection<MonitoredObject> objects) {
        return objects.stream()
                .flatMap(object -> object == ALL ? XfrmGroup.ALL.stream() : Stream.of(object.group))
                .distinct()
                .toList();
    }

    /** The word. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
