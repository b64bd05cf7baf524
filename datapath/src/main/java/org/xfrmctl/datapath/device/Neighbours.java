package org.xfrmctl.datapath.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.IpAddress;

/**
 * Who is where on an Ethernet, with the packets that wait until it is known (RFC 1122, section 2.3.2; RFC 4861, section
 * 7.3). An entry that is old is used while the neighbour is asked again.
 */
final class Neighbours {
    private static final long FRESH_MILLIS = 30_000;
    /** RETRANS_TIMER and MAX_MULTICAST_SOLICIT of RFC 4861, section 10. */
    private static final long RETRY_MILLIS = 1_000;

    private static final int ATTEMPTS = 3;
    private static final int WAITING = 64;
    /** As many as strangers may make this remember: {@code gc_thresh3} of Linux. */
    private static final int MOST = 1_024;

    /** What this needs to be done. */
    interface Output {
        void ask(IpAddress neighbour);

        void transmit(MacAddress neighbour, byte[] packet);
    }

    private static final class Entry {
        private final Queue<byte[]> waiting = new ArrayDeque<>();
        private @Nullable MacAddress address;
        private long freshUntil;
        /** Questions without answer; 0 if nothing was asked. */
        private int attempts;

        private long nextAttempt;
    }

    private final Output output;
    private final LongSupplier millis;
    /** The one that was used longest ago first: strangers push each other out, not those that packets go to. */
    private final Map<IpAddress, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    Neighbours(Output output, LongSupplier millis) {
        this.output = output;
        this.millis = millis;
    }

    void send(IpAddress neighbour, byte[] packet) {
        Entry entry = entries.computeIfAbsent(neighbour, any -> new Entry());
        boundEntries();
        MacAddress known = entry.address;
        if (known != null) {
            output.transmit(known, packet);
        } else {
            entry.waiting.add(packet);
            if (entry.waiting.size() > WAITING) {
                entry.waiting.remove();
            }
        }
        if (entry.attempts == 0 && (known == null || millis.getAsLong() >= entry.freshUntil)) {
            ask(neighbour, entry);
        }
    }

    private void ask(IpAddress neighbour, Entry entry) {
        entry.attempts++;
        entry.nextAttempt = millis.getAsLong() + RETRY_MILLIS;
        output.ask(neighbour);
    }

    /** Takes what somebody said who spoke to this host: worth remembering, for he will want an answer. */
    void meet(IpAddress neighbour, MacAddress address) {
        entries.computeIfAbsent(neighbour, any -> new Entry());
        boundEntries();
        learn(neighbour, address);
    }

    /** Takes what a neighbour says of itself, if anybody wants to know. */
    void learn(IpAddress neighbour, MacAddress address) {
        Entry entry = entries.get(neighbour);
        if (entry == null || !address.isUnicast()) {
            return;
        }
        entry.address = address;
        entry.freshUntil = millis.getAsLong() + FRESH_MILLIS;
        entry.attempts = 0;
        while (!entry.waiting.isEmpty()) {
            output.transmit(address, entry.waiting.remove());
        }
    }

    private void boundEntries() {
        if (entries.size() > MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    int untilTimers() {
        long now = millis.getAsLong();
        return (int) entries.values().stream()
                .filter(entry -> entry.attempts > 0)
                .mapToLong(entry -> Math.max(0, entry.nextAttempt - now))
                .min()
                .orElse(Device.NEVER);
    }

    /** Asks again; who does not answer the last time is forgotten with what waited for him. */
    void runTimers() {
        long now = millis.getAsLong();
        List<IpAddress> due = new ArrayList<>();
        entries.forEach((neighbour, entry) -> {
            if (entry.attempts > 0 && now >= entry.nextAttempt) {
                due.add(neighbour);
            }
        });
        for (IpAddress neighbour : due) {
            Entry entry = entries.get(neighbour);
            if (entry != null && entry.attempts < ATTEMPTS) {
                ask(neighbour, entry);
            } else {
                entries.remove(neighbour);
            }
        }
    }
}
