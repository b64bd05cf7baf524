package org.xfrmctl.netlink.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.netlink.MalformedMessageException;

/**
 * The attributes of a message in their order, unknown ones too. This is the one place that reads attribute headers as the
 * kernel does; printers read them as {@code ip} does.
 *
 * <p>They are views of the message's bytes: whoever keeps one copies it.
 */
public final class Attributes implements Iterable<Attribute> {
    public static final Attributes NONE = new Attributes(List.of(), ByteBuffer.allocate(0));

    private static final int HEADER = 4;
    /** Without {@code NLA_F_NESTED} and {@code NLA_F_NET_BYTEORDER}. */
    private static final int TYPE_MASK = 0x3fff;

    private final List<Attribute> all;
    private final ByteBuffer rest;

    private Attributes(List<Attribute> all, ByteBuffer rest) {
        this.all = all;
        this.rest = rest;
    }

    /**
     * Reads from {@code offset} to the buffer's limit. Fewer bytes than an attribute's header has may follow, as kernels
     * let them: see {@link #rest()}.
     *
     * @throws MalformedMessageException if an attribute is cut off or its length is impossible
     */
    public static Attributes parse(ByteBuffer message, int offset) {
        Attributes parsed = parseUpToFault(message, offset);
        if (parsed.leftover() >= HEADER) {
            int fault = message.limit() - parsed.leftover();
            throw new MalformedMessageException("attribute", fault, parsed.leftover() + " bytes are no attribute");
        }
        return parsed;
    }

    /** Stops at the first bytes that are no attribute; {@link #rest()} is these. */
    public static Attributes parseUpToFault(ByteBuffer message, int offset) {
        List<Attribute> found = new ArrayList<>();
        int at = offset;
        while (message.limit() - at >= HEADER) {
            int length = Short.toUnsignedInt(message.getShort(at));
            if (length < HEADER || length > message.limit() - at) {
                break;
            }
            int type = Short.toUnsignedInt(message.getShort(at + 2));
            ByteBuffer payload = message.slice(at + HEADER, length - HEADER).order(message.order());
            found.add(new Attribute(type & TYPE_MASK, type & ~TYPE_MASK, at, payload));
            at += Alignment.up(length);
        }
        int end = Math.min(at, message.limit());
        return new Attributes(found, message.slice(end, message.limit() - end));
    }

    /** The attribute of a type; of several the last, as {@code nla_parse()} has it. */
    public Optional<Attribute> find(int type) {
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).type() == type) {
                return Optional.of(all.get(i));
            }
        }
        return Optional.empty();
    }

    public boolean has(int type) {
        return find(type).isPresent();
    }

    /** Those up to a type; a kernel does not see the ones that came after its time. */
    public Attributes upTo(int last) {
        return new Attributes(
                all.stream().filter(attribute -> attribute.type() <= last).toList(), rest);
    }

    /** How many bytes at the end are no attribute. */
    public int leftover() {
        return rest.remaining();
    }

    /** The bytes at the end that are no attribute: a view. */
    public ByteBuffer rest() {
        return rest;
    }

    @Override
    public Iterator<Attribute> iterator() {
        return asList().iterator();
    }

    public List<Attribute> asList() {
        return Collections.unmodifiableList(all);
    }

    @Override
    public String toString() {
        return all.toString();
    }
}
