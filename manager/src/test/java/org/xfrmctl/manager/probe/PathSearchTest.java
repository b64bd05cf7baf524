package org.xfrmctl.manager.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfrmctl.manager.probe.ModelPath.Hop;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.echo.Heard;

class PathSearchTest {
    private static final ProbeLimits LIMITS = new ProbeLimits(3, 1000, 60_000, () -> 0);
    private static final int SMALL = 84;

    private static Soundings search(Sounder path, int top) {
        return new PathSearch(path, LIMITS).run(SMALL, IntStream.rangeClosed(SMALL + 1, top));
    }

    @Test
    void itFindsExactlyWhatPassesWithFewProbes() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            int link = 600 + random.nextInt(1400);
            int first = SMALL + random.nextInt(2_000);
            int second = SMALL + random.nextInt(2_000);
            ModelPath path = new ModelPath(
                    link, new Hop(first, random.nextBoolean(), first), new Hop(second, random.nextBoolean(), second));
            Soundings found = search(path, link);

            int passes = Math.min(link, Math.min(first, second));
            assertThat(found.passes()).as("seed " + seed + ": " + path.sent).isEqualTo(passes);
            assertThat(found.inTime()).isTrue();
            assertThat(found.each().size()).as("seed " + seed).isLessThan(18);
            boolean narrow = Math.min(first, second) < link;
            assertThat(found.stopped().isPresent()).as("seed " + seed).isEqualTo(narrow);
        }
    }

    @Test
    void whatIsSaidIsTriedNext() {
        ModelPath path = new ModelPath(1500, Hop.telling(1446), Hop.telling(1346));
        Soundings found = search(path, 1500);

        assertThat(path.sent).containsExactly(SMALL, 1500, 1446, 1346);
        assertThat(found.passes()).isEqualTo(1346);
        assertThat(found.errors()).extracting(Heard.TooBig::mtu).containsExactly(1446, 1346);
        assertThat(found.vanishes()).isEmpty();
    }

    /** A router that does not know the field (RFC 1191, section 5), and one that names more than it takes. */
    @Test
    void aWordThatHelpsNothingIsNoEnd() {
        assertThat(search(new ModelPath(1500, new Hop(1000, true, 0)), 1500).passes())
                .isEqualTo(1000);
        assertThat(search(new ModelPath(1500, new Hop(1000, true, 1400)), 1500).passes())
                .isEqualTo(1000);
    }

    @Test
    void betweenTheSizesThatMatterNothingIsTried() {
        ModelPath path = new ModelPath(1500, Hop.silent(1400));
        Soundings found = new PathSearch(path, LIMITS)
                .run(SMALL, IntStream.rangeClosed(SMALL, 1438).filter(size -> size % 16 == 14));

        assertThat(found.passes()).isEqualTo(1390);
        assertThat(found.vanishes()).isEqualTo(OptionalInt.of(1406));
        assertThat(path.sent).allMatch(size -> size == SMALL || size % 16 == 14);
    }

    /** Two of three are lost, always. */
    @Test
    void aFewLossesAreNoSilence() {
        ModelPath path = new ModelPath(1500, Hop.silent(1400));
        Sounder lossy = new ModelPath(1500) {
            private int count;

            @Override
            public Heard sound(int size, int millis) {
                Heard heard = path.sound(size, millis);
                count++;
                return count % 3 == 0 ? heard : new Heard.Silence();
            }
        };
        assertThat(search(lossy, 1500).passes()).isEqualTo(1400);
    }

    /** All tries of one size are lost, the first time: what is longer is not given up for that. */
    @Test
    void theLastSilenceIsHeardTwice() {
        ModelPath path = new ModelPath(1500, Hop.silent(1400));
        Sounder unlucky = new ModelPath(1500) {
            private int losses = LIMITS.tries();

            @Override
            public Heard sound(int size, int millis) {
                Heard heard = path.sound(size, millis);
                if (size != SMALL && size < 1400 && losses > 0) {
                    losses--;
                    return new Heard.Silence();
                }
                return heard;
            }
        };
        Soundings found = search(unlucky, 1500);
        assertThat(found.passes()).isEqualTo(1400);
        assertThat(found.vanishes()).isEqualTo(OptionalInt.of(1401));
    }

    /** A neighbour that does not answer at once, a queue that is full. */
    @ParameterizedTest
    @MethodSource("failures")
    void aFailureOfTheMomentIsNoLength(Heard failure) {
        for (int times : new int[] {1, LIMITS.tries()}) {
            Soundings found = search(failing(new ModelPath(1500, Hop.silent(1400)), failure, 1400, times), 1500);

            assertThat(found.passes()).isEqualTo(1400);
            assertThat(found.refused()).isEmpty();
        }
    }

    /** Each time, and each time it is said once alone, as routers do that limit their errors. */
    @ParameterizedTest
    @MethodSource("failures")
    void aFailureThatStaysIsTold(Heard failure) {
        Soundings found = search(failing(new ModelPath(1500), failure, 1300, Integer.MAX_VALUE), 1500);

        assertThat(found.passes()).isEqualTo(1300);
        assertThat(found.refused()).contains(new Sounding(1301, failure, 6));
        assertThat(found.vanishes()).isEmpty();
    }

    static List<Heard> failures() {
        return List.of(
                new Heard.Unsent("No buffer space available"),
                new Heard.Undelivered(IpAddress.parse("10.1.0.1"), "No route to host"));
    }

    /** What is longer fails that many times; every second time in silence. */
    private static Sounder failing(ModelPath path, Heard failure, int passes, int times) {
        return new ModelPath(1500) {
            private int left = times;

            @Override
            public Heard sound(int size, int millis) {
                Heard heard = path.sound(size, millis);
                // The first long size of all is the longest: the failure is to be that of one that passes.
                if (left == 0 || (times < Integer.MAX_VALUE ? size == SMALL || size > passes : size <= passes)) {
                    return heard;
                }
                left--;
                return left % 2 == 0 ? failure : new Heard.Silence();
            }
        };
    }

    @Test
    void whoAnswersNothingIsAskedNoMore() {
        ModelPath path = new ModelPath(1500, Hop.silent(50));
        Soundings found = search(path, 1500);

        assertThat(path.sent).containsExactly(SMALL, SMALL, SMALL);
        assertThat(found.passes()).isZero();
        assertThat(found.first()).isEqualTo(new Heard.Silence());
        assertThat(found.vanishes()).isEmpty();
    }

    @Test
    void whenTheTimeIsOverItSaysHowFarItCame() {
        ModelPath path = new ModelPath(1500, Hop.silent(1400));
        ProbeLimits hasty = new ProbeLimits(1, 1000, 3, () -> path.sent.size());
        Soundings found = new PathSearch(path, hasty).run(SMALL, IntStream.rangeClosed(SMALL + 1, 1500));

        assertThat(path.sent).hasSize(3);
        assertThat(found.inTime()).isFalse();
        assertThat(found.passes()).isBetween(SMALL, 1399);
        assertThat(found.vanishes()).isPresent();
    }

    /** What is supposed of a tunnel is tried at once, and so is a byte more. */
    @Test
    void aHintSavesTheSearch() {
        ModelPath path = new ModelPath(1500, Hop.silent(1346));
        Soundings found =
                new PathSearch(path, LIMITS, List.of(1346, 1347)).run(SMALL, IntStream.rangeClosed(SMALL + 1, 1500));

        assertThat(found.passes()).isEqualTo(1346);
        assertThat(path.sent.stream().distinct()).containsExactly(SMALL, 1500, 1346, 1347);
    }
}
