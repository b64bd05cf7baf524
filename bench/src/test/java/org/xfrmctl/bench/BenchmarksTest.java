package org.xfrmctl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.xfrmctl.datapath.engine.Outcome;

/** Every benchmark and its peer do what they say, twice over, with the least and the greatest parameter. */
class BenchmarksTest {
    private static final int ESP_OVERHEAD = 34;

    private static final List<Class<? extends Duel>> ALL = List.of(
            SealBenchmark.class,
            OpenBenchmark.class,
            CompressBenchmark.class,
            OtherCiphersBenchmark.class,
            RoundTripBenchmark.class,
            PolicyLookupBenchmark.class,
            StateLookupBenchmark.class,
            DecompressBenchmark.class,
            EncodeBenchmark.class,
            DecodeBenchmark.class,
            KernelBenchmark.class);

    @TestFactory
    Stream<DynamicTest> runs() {
        return ALL.stream()
                .flatMap(type -> Stream.of(false, true)
                        .map(greatest -> DynamicTest.dynamicTest(
                                type.getSimpleName() + (greatest ? ", greatest" : ", least"),
                                () -> runTwice(type, greatest))));
    }

    private static void runTwice(Class<? extends Duel> type, boolean greatest) throws Exception {
        Duel duel = duel(type, greatest);
        try {
            for (int i = 0; i < 2; i++) {
                duel.ours();
                duel.peer();
            }
        } finally {
            invoke(duel, TearDown.class);
        }
    }

    @Test
    void theWorkIsDone() throws Exception {
        assertThat(duel(SealBenchmark.class, true).ours()).isEqualTo(1400 + ESP_OVERHEAD + 2);
        assertThat(duel(SealBenchmark.class, true).peer()).isEqualTo(1404 + 16);
        assertThat(duel(OpenBenchmark.class, false).ours()).isEqualTo(64);
        assertThat(duel(OpenBenchmark.class, false).peer()).isEqualTo(68);
        assertThat(duel(OtherCiphersBenchmark.class, true).ours()).isEqualTo(1400);
        assertThat(duel(OtherCiphersBenchmark.class, true).peer()).isEqualTo(1408);
        assertThat(duel(RoundTripBenchmark.class, true).ours()).isEqualTo(1420);
        assertThat(duel(RoundTripBenchmark.class, true).peer()).isEqualTo(1424);
        assertThat(duel(PolicyLookupBenchmark.class, true).ours()).isEqualTo(1);
        assertThat(duel(PolicyLookupBenchmark.class, true).peer()).isEqualTo(1);
        assertThat(duel(StateLookupBenchmark.class, true).ours()).isEqualTo(1);
        assertThat(duel(StateLookupBenchmark.class, true).peer()).isEqualTo(1);
        assertThat(duel(CompressBenchmark.class, true).ours()).isLessThan(4000);
        assertThat(duel(CompressBenchmark.class, true).peer()).isLessThan(4000);
        assertThat(duel(DecompressBenchmark.class, true).ours()).isEqualTo(8000);
        assertThat(duel(DecompressBenchmark.class, true).peer()).isEqualTo(8000);
        assertThat(new EncodeBenchmark().ours()).isEqualTo(new EncodeBenchmark().peer());
        assertThat(new DecodeBenchmark().ours())
                .isEqualTo(Samples.state().id().spi().bits());
        assertThat(new KernelBenchmark().peer()).isEqualTo(Outcome.DONE.ordinal());
    }

    @Test
    void aTurnIsTimedForBoth() throws Exception {
        Turns turns = new Turns();
        duel(SealBenchmark.class, false).race(turns);
        assertThat(turns.ours()).isPositive();
        assertThat(turns.peer()).isPositive();
        assertThat(turns.ratio()).isEqualTo(turns.ours() / turns.peer());
    }

    @Test
    void theMiddleTurnStandsForAll() {
        Turns turns = new Turns();
        turns.add(300, 100, 100);
        turns.add(200, 400, 100);
        turns.add(900, 100, 100);
        assertThat(turns.ours()).isEqualTo(3);
        assertThat(turns.peer()).isEqualTo(1);
        assertThat(turns.ratio()).isEqualTo(3);
        turns.clear();
        assertThat(turns.ratio()).isZero();
    }

    private static Duel duel(Class<? extends Duel> type, boolean greatest) throws Exception {
        Duel duel = type.getConstructor().newInstance();
        for (Field field : type.getFields()) {
            String[] values = field.getAnnotation(Param.class).value();
            String value = values[greatest ? values.length - 1 : 0];
            field.set(duel, field.getType() == int.class ? Integer.valueOf(value) : value);
        }
        invoke(duel, Setup.class);
        return duel;
    }

    private static void invoke(Duel duel, Class<? extends Annotation> annotation) throws Exception {
        List<Method> methods = Arrays.stream(duel.getClass().getMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .toList();
        for (Method method : methods) {
            method.invoke(duel);
        }
    }
}
