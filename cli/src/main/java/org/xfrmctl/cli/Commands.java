package org.xfrmctl.cli;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.xfrmctl.cli.help.CommandGroup;
import org.xfrmctl.cli.kernel.Kernel;
import picocli.CommandLine;

/**
 * The commands, each made when it is asked for. What picocli has to know of one command takes it some 10 ms of a cold start,
 * and one is all that a run needs.
 */
final class Commands {
    /** Those that the help shows, and one for the scripts of completion. */
    static final List<String> NAMES = Stream.concat(
                    Arrays.stream(CommandGroup.values()).flatMap(group -> group.commands().stream()),
                    Stream.of("names"))
            .toList();

    /** These tell about the others. */
    private static final Set<String> ABOUT_ALL = Set.of("completion", "manual", "help");

    private static final Set<String> NO_COMMAND = Set.of("--version", "-V");

    private Commands() {}

    /** Those that a command line beginning so can need: all, unless its first word says which. */
    static List<String> neededFor(List<String> arguments) {
        if (arguments.isEmpty()) {
            return NAMES;
        }
        String first = arguments.get(0);
        if (NO_COMMAND.contains(first) && arguments.size() == 1) {
            return List.of();
        }
        return NAMES.contains(first) && !ABOUT_ALL.contains(first) ? List.of(first) : NAMES;
    }

    /** The command of one of the {@link #NAMES}, with its own subcommands. */
    static CommandLine make(String name, Kernel kernel) {
        return switch (name) {
            case "check" -> new CommandLine(new CheckCommand());
            case "plan" -> new CommandLine(new PlanCommand(kernel));
            case "up" -> new CommandLine(new UpCommand(kernel));
            case "rekey" -> new CommandLine(new RekeyCommand(kernel));
            case "watch" -> new CommandLine(new WatchCommand(kernel));
            // What follows the command that is asked for belongs to that command.
            case "ask" -> new CommandLine(new AskCommand(kernel)).setStopAtPositional(true);
            case "health" -> new CommandLine(new HealthCommand(kernel, System.getenv()));
            case "down" -> new CommandLine(new DownCommand(kernel));
            case "apply" -> new CommandLine(new ApplyCommand(kernel));
            case "lockdown" -> new CommandLine(new LockdownCommand(kernel));
            case "trap" -> new CommandLine(new TrapCommand(kernel));
            case "interface" -> InterfaceCommand.line(kernel);
            case "status" -> new CommandLine(new StatusCommand(kernel));
            case "counters" -> new CommandLine(new CountersCommand(kernel));
            case "flow" -> new CommandLine(new FlowCommand(kernel));
            case "doctor" -> new CommandLine(new DoctorCommand(kernel));
            case "mtu" -> new CommandLine(new MtuCommand(kernel)).addSubcommand(new MtuProbeCommand(kernel));
            case "explain" -> new CommandLine(new ExplainCommand(kernel, Clock.systemUTC()));
            case "snapshot" -> new CommandLine(new SnapshotCommand(kernel, Clock.systemUTC()));
            case "firewall" -> new CommandLine(new FirewallCommand(kernel));
            case "state" -> new CommandLine(new StateCommand(kernel));
            case "policy" -> new CommandLine(new PolicyCommand(kernel));
            case "batch" -> new CommandLine(new BatchCommand(kernel, System.in));
            case "monitor" -> new CommandLine(new MonitorCommand(kernel, System.in, Clock.systemUTC()));
            case "version" -> new CommandLine(new VersionCommand(kernel));
            case "mirror" -> new CommandLine(new MirrorCommand());
            case "keygen" -> new CommandLine(new KeygenCommand());
            case "lab" -> new CommandLine(new LabCommand());
            case "daemon" -> new CommandLine(new DaemonCommand());
            case "ping" -> new CommandLine(new PingCommand());
            case "completion" -> new CommandLine(new CompletionCommand());
            case "names" -> new CommandLine(new NamesCommand());
            case "manual" -> new CommandLine(new ManualCommand(Clock.systemUTC()));
            case "help" -> new CommandLine(new HelpCommand());
            default -> throw new IllegalArgumentException(name + " is none of " + NAMES);
        };
    }
}
