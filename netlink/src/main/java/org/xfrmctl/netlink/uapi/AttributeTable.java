package org.xfrmctl.netlink.uapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The attribute types of one kind of message: names and payloads by number. */
public final class AttributeTable {
    /** One type; {@code name} is the header's without its prefix, {@code nested} what its payload is made of. */
    private record Entry(String name, Payload payload, Optional<AttributeTable> nested) {}

    private final List<Entry> entries = new ArrayList<>();

    AttributeTable() {
        add("UNSPEC", Payload.BYTES);
    }

    /** The type whose number is next. */
    AttributeTable add(String name, Payload payload) {
        entries.add(new Entry(name, payload, Optional.empty()));
        return this;
    }

    /** The type whose number is next, and whose payload is attributes. */
    AttributeTable add(String name, AttributeTable nested) {
        entries.add(new Entry(name, Payload.NESTED, Optional.of(nested)));
        return this;
    }

    /** The greatest number that has a name. */
    public int last() {
        return entries.size() - 1;
    }

    /** The name in lower case and without its prefix, for example {@code alg_aead}; {@code attribute N} if unknown. */
    public String name(int type) {
        return knows(type) ? entries.get(type).name().toLowerCase(Locale.ROOT) : "attribute " + type;
    }

    /** Empty for a type without name. */
    public Optional<Payload> payload(int type) {
        return knows(type) ? Optional.of(entries.get(type).payload()) : Optional.empty();
    }

    /** The types of the attributes in a payload; empty if it holds none. */
    public Optional<AttributeTable> nested(int type) {
        return knows(type) ? entries.get(type).nested() : Optional.empty();
    }

    private boolean knows(int type) {
        return type > 0 && type < entries.size();
    }
}
