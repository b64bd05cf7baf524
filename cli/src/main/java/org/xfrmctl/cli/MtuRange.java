package org.xfrmctl.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** An MTU on the command line. */
final class MtuRange {
    /** What every link of IPv4 carries (RFC 791, section 3.2), and the most that a packet's length can say. */
    private static final int LEAST = 68;

    private static final int MOST = 65_535;

    private MtuRange() {}

    static void check(CommandSpec spec, String option, Optional<Integer> given) {
        given.filter(mtu -> mtu < LEAST || mtu > MOST).ifPresent(mtu -> {
            throw new ParameterException(spec.commandLine(), option + " " + mtu + " is not in " + LEAST + ".." + MOST);
        });
    }
}
