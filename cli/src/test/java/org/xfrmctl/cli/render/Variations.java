package org.xfrmctl.cli.render;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.SecurityLabel;

/** All that differs from a value in one place: in one component of one of the records that it is made of. */
final class Variations {
    private final RandomRecords random;

    Variations(RandomRecords random) {
        this.random = random;
    }

    /**
     * Another value.
     *
     * @param path which component differs: components from the outermost record inward, for example {@code
     *     XfrmState.current} and {@code LifetimeCurrent.bytes}; empty for the whole
     * @param secret whether nothing but the content of a key, or of what may be one, differs
     */
    record Variation(List<String> path, Object value, boolean secret) {
        static Variation whole(Object value) {
            return new Variation(List.of(), value, false);
        }

        static Variation secret(Object value) {
            return new Variation(List.of(), value, true);
        }

        /** As it stands in what holds the value. */
        Variation within(Object holder) {
            return new Variation(path, holder, secret);
        }

        Variation below(String component, Object holder) {
            List<String> longer =
                    Stream.concat(Stream.of(component), path.stream()).toList();
            // What a label says is not secret.
            return new Variation(longer, holder, secret && !(holder instanceof SecurityLabel));
        }
    }

    /** Every component of every record that a value of this type may be made of. An address is a whole. */
    static Set<String> places(Type type) {
        Set<String> places = new TreeSet<>();
        if (type instanceof ParameterizedType generic) {
            places.addAll(places(generic.getActualTypeArguments()[0]));
        } else if (type != IpAddress.class && type instanceof Class<?> simple && simple.isRecord()) {
            for (RecordComponent component : simple.getRecordComponents()) {
                places.add(place(simple, component));
                places.addAll(places(component.getGenericType()));
            }
        } else if (type instanceof Class<?> simple && simple.isSealed() && !simple.isEnum()) {
            for (Class<?> kind : simple.getPermittedSubclasses()) {
                places.addAll(places(kind));
            }
        }
        return places;
    }

    private static String place(Class<?> type, RecordComponent component) {
        return type.getSimpleName() + "." + component.getName();
    }

    /** Values of {@code type} that are not equal to this one. */
    List<Variation> of(Object value, Type type) {
        return all(value, type).filter(each -> !each.value().equals(value)).toList();
    }

    private Stream<Variation> all(Object value, Type type) {
        if (value instanceof Key || value instanceof Bytes) {
            return content(value);
        }
        boolean hasKinds = type instanceof Class<?> simple && simple.isSealed();
        Stream<Variation> afresh = hasKinds ? Stream.of(Variation.whole(random.value(type))) : Stream.empty();
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[0];
            return Stream.concat(
                    afresh,
                    value instanceof Optional<?> optional
                            ? optional(optional, element)
                            : list((List<?>) value, element));
        }
        return Stream.concat(afresh, value instanceof Record record ? record(record) : leaf(value));
    }

    private Stream<Variation> record(Record value) {
        if (value instanceof IpAddress address) {
            return Stream.of(random.address(address.family()), IpAddress.ANY_V4, IpAddress.UNSPEC)
                    .map(Variation::whole);
        }
        List<Variation> variations = new ArrayList<>();
        RecordComponent[] components = value.getClass().getRecordComponents();
        Object[] values = Stream.of(components).map(each -> read(value, each)).toArray();
        for (int i = 0; i < components.length; i++) {
            String here = place(value.getClass(), components[i]);
            for (Variation inner : of(values[i], components[i].getGenericType())) {
                Object[] changed = values.clone();
                changed[i] = inner.value();
                RandomRecords.make(value.getClass(), changed)
                        .map(made -> inner.below(here, made))
                        .ifPresent(variations::add);
            }
        }
        return variations.stream();
    }

    private static Object read(Record value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component.toString(), e);
        }
    }

    private Stream<Variation> optional(Optional<?> value, Type element) {
        if (value.isEmpty()) {
            return Stream.of(Variation.whole(Optional.of(random.value(element))));
        }
        return Stream.concat(
                Stream.of(Variation.whole(Optional.empty())),
                of(value.get(), element).stream().map(inner -> inner.within(Optional.of(inner.value()))));
    }

    private Stream<Variation> list(List<?> value, Type element) {
        List<Variation> variations = new ArrayList<>();
        List<Object> longer = new ArrayList<>(value);
        longer.add(random.value(element));
        variations.add(Variation.whole(longer));
        for (int i = 0; i < value.size(); i++) {
            List<Object> shorter = new ArrayList<>(value);
            shorter.remove(i);
            variations.add(Variation.whole(shorter));
            for (Variation inner : of(value.get(i), element)) {
                List<Object> changed = new ArrayList<>(value);
                changed.set(i, inner.value());
                variations.add(inner.within(changed));
            }
        }
        return variations.stream();
    }

    private Stream<Variation> leaf(Object value) {
        if (value instanceof Integer number) {
            return Stream.of(0, -1, number + 1, number ^ 0x80).map(Variation::whole);
        } else if (value instanceof Long number) {
            return Stream.of(0L, -1L, number + 1, number ^ 1L << 40).map(Variation::whole);
        } else if (value instanceof Boolean truth) {
            return Stream.of(Variation.whole(!truth));
        } else if (value instanceof String text) {
            return Stream.of(Variation.whole(text + "x"));
        } else if (value instanceof OptionalInt) {
            return Stream.of(OptionalInt.empty(), OptionalInt.of(0), OptionalInt.of(-1))
                    .map(Variation::whole);
        } else if (value instanceof OptionalLong) {
            return Stream.of(OptionalLong.empty(), OptionalLong.of(0), OptionalLong.of(-1))
                    .map(Variation::whole);
        } else if (value instanceof Enum<?> constant) {
            return Stream.of(constant.getDeclaringClass().getEnumConstants()).map(Variation::whole);
        }
        throw new AssertionError(value.getClass());
    }

    /** The same length with another content, which is all that may be secret, and another length. */
    private Stream<Variation> content(Object value) {
        if (value instanceof Key key) {
            return Stream.of(Variation.secret(random.key(key.length())), Variation.whole(random.key(key.length() + 1)));
        }
        int length = ((Bytes) value).length();
        return Stream.of(Variation.secret(random.bytes(length)), Variation.whole(random.bytes(length + 1)));
    }
}
