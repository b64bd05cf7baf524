package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.util.List;

/** Starts {@link SpeedRun}, with the same arguments, in a network namespace of its own. */
public final class SpeedTable {
    private SpeedTable() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        FreshNamespace namespace =
                FreshNamespace.find().orElseThrow(() -> new IllegalStateException(FreshNamespace.NEEDED));
        System.exit(namespace.run(OwnJava.command(SpeedRun.class, List.of(arguments))));
    }
}
