package org.xfrmctl.it.ike;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What hosts of one daemon have in common.
 *
 * @param results where their logs go
 * @param packages where the daemon's packages are unpacked
 * @param configuration the directory of its files
 */
record IkeSetting(IkeDaemon daemon, Path results, Path packages, Path configuration) {
    /** As a proof's arguments. */
    List<String> arguments() {
        return List.of(results.toString(), packages.toString(), configuration.toString());
    }

    static IkeSetting of(IkeDaemon daemon, String[] arguments) {
        return new IkeSetting(daemon, Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
    }

    IkeHost start(String name) throws IOException, InterruptedException {
        return IkeHost.start(name, this);
    }
}
