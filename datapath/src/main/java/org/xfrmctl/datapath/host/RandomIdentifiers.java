package org.xfrmctl.datapath.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;
import org.xfrmctl.model.Bytes;

/** The default: whatever the generator gives. Time stamps look like ones of 2026, so that they compress like real ones. */
final class RandomIdentifiers implements Identifiers {
    private static final long SOME_SECOND = 1_790_000_000L;

    private final RandomGenerator random;

    RandomIdentifiers(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public int ipId() {
        return random.nextInt(1, 0x10000);
    }

    @Override
    public int fragmentId() {
        return random.nextInt();
    }

    @Override
    public int flowLabel() {
        return 0;
    }

    @Override
    public int pingId() {
        return random.nextInt(1, 0x10000);
    }

    @Override
    public Bytes pingTimestamp() {
        ByteBuffer time = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        time.putLong(SOME_SECOND + random.nextInt(0x1000000)).putLong(random.nextInt(1_000_000));
        return Bytes.of(time.array());
    }
}
