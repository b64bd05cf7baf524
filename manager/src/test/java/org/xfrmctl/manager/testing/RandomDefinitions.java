package org.xfrmctl.manager.testing;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.xfrmctl.manager.compile.DesiredState;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.definition.HeaderOptions;
import org.xfrmctl.model.definition.HeaderOptions.CopyDf;
import org.xfrmctl.model.definition.HeaderOptions.CopyDscp;
import org.xfrmctl.model.definition.Marks;
import org.xfrmctl.model.definition.PolicyOptions.LevelChoice;
import org.xfrmctl.model.definition.PolicyOptions.OnDown;

/** Definitions of one to five children of every kind that do not get in each other's way. */
public final class RandomDefinitions {
    private final RandomGenerator random;

    public RandomDefinitions(RandomGenerator random) {
        this.random = random;
    }

    public DesiredState next() {
        return ChildBuilder.compile(IntStream.rangeClosed(1, 1 + random.nextInt(5))
                .mapToObj(this::child)
                .toArray(ChildBuilder[]::new));
    }

    /** The {@code number} keeps addresses of traffic apart; SPIs differ from one definition to the next. */
    private ChildBuilder child(int number) {
        ChildBuilder child = ChildBuilder.child("c" + number)
                .spi(0x1000 * number + 2 * random.nextInt(3))
                .key("k" + number)
                .esp(random.nextBoolean() ? ChildBuilder.GCM : ChildBuilder.CBC)
                .replayWindow(random.nextInt(3) * 40)
                .level(LevelChoice.values()[random.nextInt(3)])
                .onDown(OnDown.values()[random.nextInt(2)])
                .headers(new HeaderOptions(
                        CopyDf.values()[random.nextInt(3)],
                        random.nextBoolean(),
                        CopyDscp.values()[random.nextInt(4)]));
        outer(child, number);
        if (random.nextBoolean()) {
            child.ipcomp();
        }
        if (random.nextInt(4) == 0) {
            child.fwdOut();
        }
        if (random.nextInt(4) == 0) {
            child.priority(1000 + number + 10 * random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            child.limits(new LifetimeLimits(
                    Limit.INFINITE, new Limit(10, 20 + random.nextInt(3)), Limit.NEVER, Limit.NEVER));
        }
        return child;
    }

    private void outer(ChildBuilder child, int number) {
        if (random.nextInt(4) == 0) {
            child.between("192.0.2.1", "198.51.100." + number).transport();
            return;
        }
        if (random.nextBoolean()) {
            child.between("2001:db8::1", "2001:db8::2");
        }
        child.traffic(
                List.of(ChildBuilder.ts("10." + number + ".0.0/16"), ChildBuilder.ts("fd00:" + number + "::/32")),
                random.nextBoolean()
                        ? List.of(ChildBuilder.ts("10.100.0.0/16"))
                        : List.of(ChildBuilder.ts("10.101.0.0/16"), ChildBuilder.ts("fd00:100::/32")));
        if (random.nextInt(3) == 0) {
            child.marks(new Marks(
                    new Mark(number, 0xff),
                    new Mark(number, 0xff),
                    Optional.empty(),
                    Optional.of(new Mark(5, -1)),
                    IfId.NONE,
                    IfId.NONE));
        }
    }
}
