package org.xfrmctl.netlink.uapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.netlink.struct.StructCodec;

/** The message types of a netlink family: names, bodies and attributes by number. */
public final class MessageTable {
    /** A type's name, the struct that its body begins with, and the attributes behind that. */
    private record Entry(
            String name, Optional<StructCodec<?>> body, AttributeTable attributes, boolean dumpedBare, boolean known) {}

    private final int first;
    private final AttributeTable usual;
    private final List<Entry> entries = new ArrayList<>();

    /** {@code first} is the lowest number, and {@code usual} the attributes of most types, unknown ones among them. */
    MessageTable(int first, AttributeTable usual) {
        this.first = first;
        this.usual = usual;
    }

    /** The type whose number is next, with the usual attributes. */
    MessageTable add(String name, StructCodec<?> body) {
        return add(name, body, usual);
    }

    MessageTable add(String name, StructCodec<?> body, AttributeTable attributes) {
        entries.add(new Entry(name, Optional.of(body), attributes, false, true));
        return this;
    }

    /** The type whose number is next; a request to dump has attributes only. */
    MessageTable addDumpedBare(String name, StructCodec<?> body) {
        entries.add(new Entry(name, Optional.of(body), usual, true, true));
        return this;
    }

    /** The type whose number is next, which has attributes only. */
    MessageTable addWithoutBody(String name) {
        entries.add(new Entry(name, Optional.empty(), usual, false, true));
        return this;
    }

    /** Leaves the numbers below {@code next} unknown. */
    MessageTable skipTo(int next) {
        while (first + entries.size() < next) {
            entries.add(new Entry(Integer.toString(first + entries.size()), Optional.empty(), usual, false, false));
        }
        return this;
    }

    /** The header's name without its prefix; the number if the type is not known. */
    public String name(int type) {
        return find(type).map(Entry::name).orElseGet(() -> Integer.toString(type));
    }

    /** Whether a message of this type is a struct, if {@link #body} has one, and attributes. */
    public boolean knows(int type) {
        return find(type).filter(Entry::known).isPresent();
    }

    /** The struct that a message of this type begins with; empty if there is none, or the type is not known. */
    public Optional<StructCodec<?>> body(int type) {
        return find(type).flatMap(Entry::body);
    }

    /** As {@link #body(int)}, of a message with these flags. */
    public Optional<StructCodec<?>> body(int type, int flags) {
        boolean dump =
                (flags & (Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP)) == (Netlink.NLM_F_REQUEST | Netlink.NLM_F_DUMP);
        return find(type).filter(entry -> !dump || !entry.dumpedBare).flatMap(Entry::body);
    }

    public AttributeTable attributes(int type) {
        return find(type).map(Entry::attributes).orElse(usual);
    }

    private Optional<Entry> find(int type) {
        int index = type - first;
        return index >= 0 && index < entries.size() ? Optional.of(entries.get(index)) : Optional.empty();
    }
}
