package org.xfrmctl.netlink.struct;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.netlink.MalformedMessageException;

/**
 * Reads and writes one C struct as a record. The layout is derived from the record's components by the rules of the
 * 64-bit Linux ABIs. It is laid out at once, so that a wrong size is found, and composed into two method handles when it is
 * first read or written: most of a program's runs touch few structs.
 */
public final class StructCodec<T extends Record> {
    private static final byte[] ZEROS = new byte[512];

    private final String name;
    private final int size;
    private final int alignment;
    private final List<Member> members = new ArrayList<>();
    private final Class<T> struct;
    private volatile @Nullable MethodHandle reader;
    private volatile @Nullable MethodHandle writer;

    private StructCodec(Class<T> struct) {
        this.struct = struct;
        this.name = Member.cName(struct.getSimpleName());
        RecordComponent[] components = struct.getRecordComponents();
        int end = 0;
        int widest = 1;
        for (RecordComponent component : components) {
            Member member = Member.layOut(component, end);
            members.add(member);
            end = member.offset() + member.size();
            widest = Math.max(widest, member.alignment());
        }
        this.alignment = widest;
        this.size = Member.roundUp(end, widest);
    }

    /** Returns the codec of {@code struct}, refusing a layout whose size is not the kernel's {@code sizeof}. */
    public static <T extends Record> StructCodec<T> of(Class<T> struct, int sizeof) {
        StructCodec<T> codec = new StructCodec<>(struct);
        if (codec.size != sizeof) {
            throw new IllegalStateException(codec.name + " lays out to " + codec.size + " bytes, not " + sizeof);
        }
        return codec;
    }

    /** The struct's name in C. */
    public String name() {
        return name;
    }

    /** {@code sizeof}, with the padding at the end. */
    public int size() {
        return size;
    }

    int alignment() {
        return alignment;
    }

    List<Member> members() {
        return members;
    }

    /** Threads that come at the same time each compose one, and any of them will do. */
    MethodHandle reader() {
        MethodHandle known = reader;
        if (known == null) {
            known = composed(StructHandles::reader);
            reader = known;
        }
        return known;
    }

    MethodHandle writer() {
        MethodHandle known = writer;
        if (known == null) {
            known = composed(StructHandles::writer);
            writer = known;
        }
        return known;
    }

    private MethodHandle composed(Composing composing) {
        try {
            return composing.compose(struct, members);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(struct + " is no record that can be reached from here", e);
        }
    }

    /**
     * Reads the struct at {@code offset}, leaving the buffer's position alone.
     *
     * @throws MalformedMessageException if the buffer ends before the struct does
     */
    @SuppressWarnings("unchecked") // the handle returns what the constructor of T made
    public T read(ByteBuffer buffer, int offset) {
        int have = buffer.limit() - offset;
        if (have < size) {
            throw new MalformedMessageException(name, Math.max(have, 0), "needs " + size + " bytes, has " + have);
        }
        try {
            return (T) (Record) reader().invokeExact(buffer, offset);
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /** Writes the struct at {@code offset}, padding with zeros, leaving the buffer's position alone. */
    public void write(ByteBuffer buffer, int offset, T value) {
        buffer.put(offset, ZEROS, 0, size);
        try {
            writer().invokeExact(buffer, offset, (Record) value);
        } catch (Throwable e) {
            throw rethrown(e);
        }
    }

    /** The name of the member that holds the byte at {@code offset}, for example {@code id.spi}. */
    public Optional<String> memberAt(int offset) {
        for (Member member : members) {
            int inside = offset - member.offset();
            if (inside >= 0 && inside < member.size()) {
                Optional<String> deeper = member.nested().flatMap(nested -> nested.memberAt(inside));
                return Optional.of(
                        member.name() + deeper.map(path -> "." + path).orElse(""));
            }
        }
        return Optional.empty();
    }

    /**
     * The members at {@code offset} that are not zero, for people: {@code id.spi=0x00001001 mode=1}.
     *
     * @throws MalformedMessageException if the buffer ends before the struct does
     */
    public String describe(ByteBuffer buffer, int offset) {
        if (buffer.limit() - offset < size) {
            throw new MalformedMessageException(name, offset, "needs " + size + " bytes");
        }
        StringBuilder text = new StringBuilder();
        describe(buffer, offset, "", text);
        return text.toString();
    }

    private void describe(ByteBuffer buffer, int base, String prefix, StringBuilder text) {
        for (Member member : members) {
            int at = base + member.offset();
            String path = prefix + member.name();
            member.nested().ifPresent(nested -> nested.describe(buffer, at, path + ".", text));
            member.plain()
                    .map(type -> type.describe(buffer, at))
                    .filter(value -> !value.isEmpty())
                    .ifPresent(value -> text.append(text.isEmpty() ? "" : " ")
                            .append(path)
                            .append('=')
                            .append(value));
        }
    }

    private static RuntimeException rethrown(Throwable thrown) {
        if (thrown instanceof RuntimeException exception) {
            return exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(thrown);
    }

    @Override
    public String toString() {
        return name;
    }

    @FunctionalInterface
    private interface Composing {
        MethodHandle compose(Class<?> struct, List<Member> members) throws ReflectiveOperationException;
    }

    /** Composes a struct's handles from those of its members. */
    private static final class StructHandles {
        private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

        /** {@code (ByteBuffer, int base) -> Record}: the constructor, each argument read from the buffer. */
        static MethodHandle reader(Class<?> struct, List<Member> members) throws ReflectiveOperationException {
            Class<?>[] types = new Class<?>[members.size()];
            RecordComponent[] components = struct.getRecordComponents();
            for (int i = 0; i < types.length; i++) {
                types[i] = components[i].getType();
            }
            MethodHandle handle = LOOKUP.findConstructor(struct, methodType(void.class, types));
            int[] order = new int[2 * types.length];
            for (int i = types.length - 1; i >= 0; i--) {
                MethodHandle read =
                        memberReader(members.get(i)).asType(methodType(types[i], ByteBuffer.class, int.class));
                handle = MethodHandles.collectArguments(handle, i, read);
                order[2 * i + 1] = 1;
            }
            return MethodHandles.permuteArguments(
                    handle.asType(handle.type().changeReturnType(Record.class)),
                    methodType(Record.class, ByteBuffer.class, int.class),
                    order);
        }

        /** {@code (ByteBuffer, int base, Record) -> void}: every member written, one after the other. */
        static MethodHandle writer(Class<?> struct, List<Member> members) throws ReflectiveOperationException {
            MethodHandle all = MethodHandles.empty(methodType(void.class, ByteBuffer.class, int.class, struct));
            RecordComponent[] components = struct.getRecordComponents();
            for (int i = components.length - 1; i >= 0; i--) {
                MethodHandle accessor =
                        LOOKUP.findVirtual(struct, components[i].getName(), methodType(components[i].getType()));
                MethodHandle write = memberWriter(members.get(i))
                        .asType(methodType(void.class, ByteBuffer.class, int.class, components[i].getType()));
                all = MethodHandles.foldArguments(all, MethodHandles.filterArguments(write, 2, accessor));
            }
            return all.asType(methodType(void.class, ByteBuffer.class, int.class, Record.class));
        }

        private static MethodHandle memberReader(Member member) throws ReflectiveOperationException {
            if (member.nested().isPresent()) {
                return shifted(member.nested().get().reader(), member.offset());
            }
            CType type = member.plain().orElseThrow();
            MethodHandle read = LOOKUP.findStatic(
                    Access.class, "read" + type, methodType(type.javaType(), int.class, ByteBuffer.class, int.class));
            return MethodHandles.insertArguments(read, 0, member.offset());
        }

        private static MethodHandle memberWriter(Member member) throws ReflectiveOperationException {
            if (member.nested().isPresent()) {
                return shifted(member.nested().get().writer(), member.offset());
            }
            CType type = member.plain().orElseThrow();
            MethodHandle write = LOOKUP.findStatic(
                    Access.class,
                    "write" + type,
                    methodType(void.class, int.class, ByteBuffer.class, int.class, type.javaType()));
            return MethodHandles.insertArguments(write, 0, member.offset());
        }

        /** A nested struct's handle, its base moved to where the member lies. */
        private static MethodHandle shifted(MethodHandle handle, int offset) throws ReflectiveOperationException {
            MethodHandle plus = LOOKUP.findStatic(Access.class, "plus", methodType(int.class, int.class, int.class));
            return MethodHandles.filterArguments(handle, 1, MethodHandles.insertArguments(plus, 0, offset));
        }
    }
}
