package org.xfrmctl.netlink.command;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.Selector;

/** {@code [src PREFIX] [dst PREFIX] [dev DEV] [UPSPEC]}: the words of a selector, which stand together. */
final class SelectorWords {
    private static final List<String> OWN = List.of("src", "dst", "dev");
    static final List<String> WORDS = List.of("src", "dst", "dev", "proto", "sport", "dport", "type", "code", "key");

    private final Words words;
    private final HostNames host;
    private final UpperLayerWords upper;
    private Family family;
    private boolean present;
    private @Nullable IpPrefix source;
    private @Nullable IpPrefix destination;
    private OptionalInt ifindex = OptionalInt.empty();

    SelectorWords(Words words, HostNames host, Family family) {
        this.words = words;
        this.host = host;
        this.family = family;
        this.upper = new UpperLayerWords(words, host);
    }

    /** Reads on if the word just taken begins a selector; says whether it does. */
    boolean read(String word) {
        if (!WORDS.contains(word)) {
            return false;
        }
        if (present) {
            throw words.refuse(
                    "src, dst, dev and proto with what belongs to it stand together, once; " + "move it to the others");
        }
        words.giveBack();
        readRun();
        return true;
    }

    /** Reads these words as long as there are any; those of the upper layer are one block among them. */
    void readRun() {
        boolean upperRead = false;
        present = true;
        while (words.hasNext()) {
            if (OWN.contains(words.peek())) {
                readOne(words.take());
            } else if (!upperRead && UpperLayerWords.WORDS.contains(words.peek())) {
                upper.readRun();
                upperRead = true;
            } else {
                break;
            }
        }
        if (source != null && destination != null && source.family() != destination.family()) {
            throw words.at(
                    words.last(), "src and dst of the selector are of different families; both are IPv4 or both IPv6");
        }
    }

    private void readOne(String word) {
        switch (word) {
            case "src" -> {
                source = Addresses.prefix(words, word);
                family = source.family();
            }
            case "dst" -> {
                destination = Addresses.prefix(words, word);
                family = destination.family();
            }
            default -> ifindex = OptionalInt.of(words.takeIf("none") ? 0 : Interfaces.index(words, host));
        }
    }

    boolean isPresent() {
        return present;
    }

    Family family() {
        return family;
    }

    /** What is not given matches everything; {@code fallback} is the family if the selector tells none. */
    Selector selector(Family fallback) {
        Family known = family == Family.UNSPEC ? fallback : family;
        return new Selector(
                source == null ? IpPrefix.any(known) : source,
                destination == null ? IpPrefix.any(known) : destination,
                upper.protocol(),
                upper.source(),
                upper.destination(),
                ifindex.orElse(0) == 0 ? Selector.Binding.NONE : new Selector.Binding(ifindex.getAsInt(), 0));
    }

    PolicyMatch.Packets match() {
        return new PolicyMatch.Packets(
                family, Optional.ofNullable(source), Optional.ofNullable(destination), ifindex, upper.match());
    }
}
