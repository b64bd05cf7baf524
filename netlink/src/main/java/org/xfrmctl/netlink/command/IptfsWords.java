package org.xfrmctl.netlink.command;

import java.util.List;
import java.util.OptionalInt;
import org.xfrmctl.model.Iptfs;

/** What a state of mode iptfs may set: words of ours, for iproute2 has none. */
final class IptfsWords {
    static final List<String> WORDS = List.of(
            "iptfs-drop-time",
            "iptfs-reorder-window",
            "iptfs-dont-frag",
            "iptfs-init-delay",
            "iptfs-max-queue-size",
            "iptfs-pkt-size");

    private final Words words;
    private OptionalInt dropTime = OptionalInt.empty();
    private OptionalInt reorderWindow = OptionalInt.empty();
    private boolean dontFragment;
    private OptionalInt initDelay = OptionalInt.empty();
    private OptionalInt maxQueue = OptionalInt.empty();
    private OptionalInt packetSize = OptionalInt.empty();
    private int place = -1;

    IptfsWords(Words words) {
        this.words = words;
    }

    boolean read(String word) {
        int here = words.last();
        switch (word) {
            case "iptfs-drop-time" -> dropTime = OptionalInt.of(words.u32(word));
            case "iptfs-reorder-window" -> reorderWindow = OptionalInt.of(words.u16(word));
            case "iptfs-dont-frag" -> dontFragment = true;
            case "iptfs-init-delay" -> initDelay = OptionalInt.of(words.u32(word));
            case "iptfs-max-queue-size" -> maxQueue = OptionalInt.of(words.u32(word));
            case "iptfs-pkt-size" -> packetSize = OptionalInt.of(words.u32(word));
            default -> {
                return false;
            }
        }
        place = here;
        return true;
    }

    /** The mode is iptfs, or none of these words is there. */
    void check(boolean isIptfs) {
        if (place >= 0 && !isIptfs) {
            throw words.refuseAt(place, "it goes with mode iptfs");
        }
    }

    Iptfs iptfs() {
        return place < 0
                ? Iptfs.UNSET
                : new Iptfs(dropTime, reorderWindow, dontFragment, initDelay, maxQueue, packetSize);
    }
}
