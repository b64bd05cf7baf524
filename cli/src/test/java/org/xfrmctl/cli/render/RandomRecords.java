package org.xfrmctl.cli.render;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Key;

/**
 * Values of any record type from a seed, made by its own constructor: so a component that is added to the model has
 * random values here without anybody thinking of it. What a constructor refuses is drawn again.
 */
final class RandomRecords {
    private static final int ATTEMPTS = 10_000;
    /** Protocols whose ports have other names; ICMP is 1. */
    private static final int GRE = 47;

    private static final int ICMPV6 = 58;
    private static final int MH = 135;

    private final Random random;
    /** The bits that numbers may have. */
    private final long bits;

    RandomRecords(long seed) {
        this(seed, -1);
    }

    private RandomRecords(long seed, long bits) {
        random = new Random(seed);
        this.bits = bits;
    }

    /** Numbers in them are from 0 to 255: for records that leave it to others to make nothing else. */
    static RandomRecords ofSmallNumbers(long seed) {
        return new RandomRecords(seed, 0xff);
    }

    <T> T value(Class<T> type) {
        return type.cast(value((Type) type));
    }

    Object value(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Map.class) {
                return map(element, generic.getActualTypeArguments()[1]);
            }
            return generic.getRawType() == Optional.class ? optional(element) : list(element);
        }
        Class<?> simple = (Class<?>) type;
        if (simple == int.class || simple == Integer.class) {
            return number();
        } else if (simple == long.class || simple == Long.class) {
            return longNumber();
        } else if (simple == boolean.class) {
            return random.nextBoolean();
        } else if (simple == String.class) {
            return "name" + random.nextInt(1000);
        } else if (simple == OptionalInt.class) {
            return random.nextBoolean() ? OptionalInt.of(number()) : OptionalInt.empty();
        } else if (simple == OptionalLong.class) {
            return random.nextBoolean() ? OptionalLong.of(longNumber()) : OptionalLong.empty();
        } else if (simple == IpAddress.class) {
            return address(pick(Family.INET, Family.INET, Family.INET6, Family.INET6, Family.UNSPEC));
        } else if (simple == Key.class) {
            return key(random.nextInt(40));
        } else if (simple == Bytes.class) {
            return bytes(random.nextInt(12));
        } else if (simple.isEnum()) {
            return pick(simple.getEnumConstants());
        }
        return simple.isSealed() ? value((Type) pick(simple.getPermittedSubclasses())) : record(simple);
    }

    /** The record of these components; empty if its constructor refuses them. */
    static Optional<Object> make(Class<?> type, Object[] components) {
        Class<?>[] types = Stream.of(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            return Optional.of(constructor.newInstance(components));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return Optional.empty();
            }
            throw new AssertionError(type + " of " + Arrays.toString(components), e);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.toString(), e);
        }
    }

    private Object record(Class<?> type) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Object[] components = Stream.of(type.getRecordComponents())
                    .map(component -> value(component.getGenericType()))
                    .toArray();
            Optional<Object> made = make(type, components);
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw new AssertionError(type + " refuses whatever it is given");
    }

    private Optional<Object> optional(Type element) {
        return random.nextBoolean() ? Optional.of(value(element)) : Optional.empty();
    }

    private List<Object> list(Type element) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(value(element));
        }
        return list;
    }

    private Map<Object, Object> map(Type key, Type element) {
        Map<Object, Object> map = new LinkedHashMap<>();
        list(key).forEach(each -> map.put(each, value(element)));
        return map;
    }

    IpAddress address(Family family) {
        if (family == Family.UNSPEC) {
            return new IpAddress(family, number(), number(), number(), number());
        }
        byte[] bytes = new byte[family.bytes()];
        random.nextBytes(bytes);
        return IpAddress.of(bytes);
    }

    Key key(int length) {
        return Key.of(bytes(length).toArray());
    }

    Bytes bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Bytes.of(bytes);
    }

    /** As often one with a meaning of its own, one of 8 bits, one of 16, and any. */
    private int number() {
        return (int) bits
                & switch (random.nextInt(4)) {
                    case 0 -> pick(0, 0, 1, 2, -1, GRE, ICMPV6, MH);
                    case 1 -> random.nextInt(0x100);
                    case 2 -> random.nextInt(0x1_0000);
                    default -> random.nextInt();
                };
    }

    private long longNumber() {
        return bits & (random.nextBoolean() ? pick(0L, 1L, -1L, 0xffff_ffffL) : random.nextLong());
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }
}
