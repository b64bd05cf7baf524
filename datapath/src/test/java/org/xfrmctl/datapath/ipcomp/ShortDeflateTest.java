package org.xfrmctl.datapath.ipcomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The two ways to deflate may be exchanged: up to the last length at which they agree by construction. */
class ShortDeflateTest {
    private static final int OUTPUT = 2 * ShortDeflate.LONGEST;

    /** More rounds and another seed by {@code -Dxfrmctl.rounds} and {@code -Dxfrmctl.seed}. */
    @Test
    void givesTheBytesOfDeflate() {
        assumeTrue(ShortDeflate.isExact(), "this JDK's zlib is not the original one, so IPComp does without it");
        long seed = Long.getLong("xfrmctl.seed", new Random().nextLong());
        int rounds = Integer.getInteger("xfrmctl.rounds", 2000);
        Random random = new Random(seed);
        Deflate slow = new Deflate();
        ShortDeflate fast = new ShortDeflate();
        for (int i = 0; i < rounds; i++) {
            Payloads kind = Payloads.values()[random.nextInt(Payloads.values().length)];
            int length = random.nextInt(3) == 0 ? ShortDeflate.LONGEST : 1 + random.nextInt(ShortDeflate.LONGEST);
            byte[] payload = kind.make(length, random.nextLong());
            int limit = random.nextBoolean() ? OUTPUT : random.nextInt(length);
            byte[] expected = new byte[OUTPUT];
            byte[] actual = new byte[OUTPUT];
            int count = slow.deflate(payload, 0, length, expected, limit);
            String about = kind + " of " + length + " into " + limit + ", seed " + seed + ", round " + i;
            assertThat(fast.deflate(payload, 0, length, actual, limit))
                    .as(about)
                    .isEqualTo(count);
            if (count >= 0) {
                assertThat(Arrays.equals(expected, 0, count, actual, 0, count))
                        .as(about)
                        .isTrue();
            }
        }
    }
}
