package org.xfrmctl.bench.speed;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Starts {@link SpeedRun}, with the same arguments, in a network namespace of its own. */
public final class SpeedTable {
    private SpeedTable() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Optional<FreshNamespace> namespace = FreshNamespace.find();
        if (namespace.isEmpty()) {
            System.err.println("bench-netlink: " + FreshNamespace.NEEDED);
            System.exit(1);
        }
        System.exit(namespace.orElseThrow().run(OwnJava.command(SpeedRun.class, List.of(arguments))));
    }
}
