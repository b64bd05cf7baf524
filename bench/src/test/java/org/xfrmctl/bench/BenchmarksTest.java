package org.xfrmctl.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.openjdk.jmh.annotations.Benchmark;
import org.xfrmctl.datapath.engine.Outcome;

/** Every benchmark does what it says, twice over, and has a peer. Nothing is measured. */
class BenchmarksTest {
    private static final List<Class<?>> ALL =
            List.of(EspBenchmark.class, IpcompBenchmark.class, CodecBenchmark.class, KernelBenchmark.class);

    @TestFactory
    Stream<DynamicTest> runs() {
        return ALL.stream().flatMap(type -> names(type).map(name -> DynamicTest.dynamicTest(name, run(type, name))));
    }

    private static Executable run(Class<?> type, String name) {
        return () -> {
            Object benchmark = type.getConstructor().newInstance();
            type.getMethod(name).invoke(benchmark);
            type.getMethod(name).invoke(benchmark);
        };
    }

    @Test
    void everyBenchmarkHasItsPeer() {
        for (Class<?> type : ALL) {
            List<String> names = names(type).toList();
            assertThat(names).isNotEmpty();
            assertThat(names.stream().filter(name -> !name.endsWith("Peer")).map(name -> name + "Peer"))
                    .containsExactlyInAnyOrderElementsOf(
                            names.stream().filter(name -> name.endsWith("Peer")).toList());
        }
    }

    @Test
    void theWorkIsDone() throws GeneralSecurityException {
        assertThat(new EspBenchmark().sealAndOpenPeer()).isEqualTo(1404);
        assertThat(new IpcompBenchmark().deflate()).isLessThan(1000);
        assertThat(new IpcompBenchmark().deflatePeer()).isLessThan(1000);
        assertThat(new CodecBenchmark().decode()).isEqualTo(Samples.state());
        assertThat(new CodecBenchmark().encode()).isEqualTo(new CodecBenchmark().encodePeer());
        assertThat(new KernelBenchmark().addAndDeletePeer()).isEqualTo(Outcome.DONE);
    }

    private static Stream<String> names(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.isAnnotationPresent(Benchmark.class))
                .map(java.lang.reflect.Method::getName);
    }
}
