package org.xfrmctl.cli.manual;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * A file or an environment variable that a command reads or writes without being told its name.
 *
 * @param option the commands that have it are those that have this option
 */
record Surroundings(Kind kind, String option, String name, String meaning) {
    enum Kind {
        FILES,
        ENVIRONMENT
    }

    private static final List<Surroundings> ALL = List.of(
            file(
                    "--file",
                    "/etc/xfrmctl.d",
                    "Definitions, where none is given with -f; read in the order of their names."),
            file(
                    "--state-dir",
                    "/run/xfrmctl",
                    "The journal: what runs may have left in the kernel, for each network namespace."),
            file("--state-dir", "$XDG_RUNTIME_DIR/xfrmctl", "The same, where /run/xfrmctl cannot be written."),
            file("--epoch-dir", "/var/lib/xfrmctl", "Which epochs of derived keys were used; kept over boots."),
            file("--control", "/run/xfrmctl/NAMESPACE/control", "The socket at which a watch is asked."),
            variable("--state-dir", "XFRMCTL_STATE_DIR", "In place of /run/xfrmctl."),
            variable("--epoch-dir", "XFRMCTL_EPOCH_DIR", "In place of /var/lib/xfrmctl."),
            variable(
                    "--poll",
                    "NOTIFY_SOCKET, WATCHDOG_USEC",
                    "Set by systemd: whom to tell that the watch is ready and alive."),
            variable(
                    "--device",
                    "XFRMCTL_NETLINK_SOCKET",
                    "For programs under the preload library: the socket of the daemon."),
            variable("--color", "NO_COLOR", "If not empty: no colours, unless --color=always asks for them."),
            variable("--color", "CLICOLOR_FORCE", "If neither empty nor 0: colours in a pipe, too."),
            variable("--help", "JAVA_TOOL_OPTIONS", "Options of the Java virtual machine, such as -Xmx1g."));

    private static Surroundings file(String option, String name, String meaning) {
        return new Surroundings(Kind.FILES, option, name, meaning);
    }

    private static Surroundings variable(String option, String name, String meaning) {
        return new Surroundings(Kind.ENVIRONMENT, option, name, meaning);
    }

    /** Those of a command; of the program itself, those of all its commands. */
    static List<Surroundings> of(CommandSpec command, Kind kind) {
        return ALL.stream()
                .filter(each -> each.kind == kind)
                .filter(each -> self(command).anyMatch(spec -> spec.findOption(each.option) != null))
                .toList();
    }

    private static Stream<CommandSpec> self(CommandSpec command) {
        return command.parent() != null
                ? Stream.of(command)
                : Stream.concat(
                        Stream.of(command),
                        command.subcommands().values().stream().map(line -> line.getCommandSpec()));
    }
}
