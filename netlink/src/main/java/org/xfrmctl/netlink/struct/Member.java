package org.xfrmctl.netlink.struct;

import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Optional;

/** One member of a struct: where it lies, and what it is: a plain type, or a struct of its own. */
record Member(String name, int offset, Optional<CType> plain, Optional<StructCodec<?>> nested) {

    int size() {
        return nested.map(StructCodec::size).orElseGet(() -> plain.orElseThrow().size());
    }

    /** Lays out {@code component} behind the byte {@code end}, at the next offset that suits its alignment. */
    static Member layOut(RecordComponent component, int end) {
        Wire wire = component.getAnnotation(Wire.class);
        if (wire == null) {
            StructCodec<?> nested = codecOf(component);
            return new Member(
                    cName(component.getName()),
                    roundUp(end, nested.alignment()),
                    Optional.empty(),
                    Optional.of(nested));
        }
        CType type = wire.value();
        if (type.javaType() != component.getType()) {
            throw new IllegalStateException(component + " cannot hold a " + type);
        }
        return new Member(
                cName(component.getName()), roundUp(end, type.alignment()), Optional.of(type), Optional.empty());
    }

    int alignment() {
        return nested.map(StructCodec::alignment)
                .orElseGet(() -> plain.orElseThrow().alignment());
    }

    static int roundUp(int offset, int alignment) {
        return (offset + alignment - 1) / alignment * alignment;
    }

    /** {@code replayWindow} is {@code replay_window} in C. */
    static String cName(String javaName) {
        return javaName.replaceAll("(?<=.)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** A nested struct's own {@code CODEC}, so that its size has been asserted too. */
    private static StructCodec<?> codecOf(RecordComponent component) {
        try {
            Field codec = component.getType().getField("CODEC");
            return (StructCodec<?>) codec.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " has neither @Wire nor a type with a CODEC", e);
        }
    }
}
