package org.xfrmctl.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.kernel.KernelSession;
import org.xfrmctl.cli.kernel.LinkSession;
import org.xfrmctl.cli.render.InterfacesJson;
import org.xfrmctl.cli.render.InterfacesText;
import org.xfrmctl.manager.journal.Journal;
import org.xfrmctl.manager.journal.JournalRecord;
import org.xfrmctl.manager.link.HeldLink;
import org.xfrmctl.manager.link.LinkChange;
import org.xfrmctl.manager.link.LinkPlanner;
import org.xfrmctl.manager.link.LinkRun;
import org.xfrmctl.manager.link.LinkStatus;
import org.xfrmctl.manager.link.LinkUse;
import org.xfrmctl.manager.plan.Goal;
import org.xfrmctl.manager.plan.Snapshot;
import org.xfrmctl.manager.rekey.Wanted;
import org.xfrmctl.model.definition.Definition;
import org.xfrmctl.model.definition.LogicalInterface;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl interface}: the interfaces of a definition, made, removed and looked at. */
@Command(
        name = "interface",
        header = "make, remove and show the interfaces of tunnels",
        description = "Make, remove and show the interfaces of the definition.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl interface up",
            "  xfrmctl interface status --json",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        synopsisSubcommandLabel = "COMMAND")
final class InterfaceCommand {
    private InterfaceCommand() {}

    /** The command with its three subcommands. */
    static CommandLine line(Kernel kernel) {
        return new CommandLine(new InterfaceCommand())
                .addSubcommand(new Up(kernel))
                .addSubcommand(new Down(kernel))
                .addSubcommand(new Status(kernel));
    }

    /** What the three have in common. */
    private abstract static class Part implements Callable<Integer> {
        final Kernel kernel;

        @Spec
        CommandSpec spec;

        @Mixin
        DefinitionOptions options;

        @Parameters(paramLabel = "NAME", arity = "0..*", description = "Interfaces; default: all that are defined.")
        List<String> names = List.of();

        Part(Kernel kernel) {
            this.kernel = kernel;
        }

        LinkSession open() {
            return UsedInterfaces.open(kernel);
        }

        /** Those of the names, or all. */
        List<LogicalInterface> chosen(List<LogicalInterface> defined) {
            List<String> known = defined.stream().map(LogicalInterface::name).toList();
            names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
                throw unknown(name, known);
            });
            return defined.stream()
                    .filter(each -> names.isEmpty() || names.contains(each.name()))
                    .toList();
        }

        ParameterException unknown(String name, List<String> known) {
            return new ParameterException(
                    spec.commandLine(),
                    "no interface is named \"" + name + "\""
                            + UsageError.meant(
                                    name,
                                    known,
                                    known.isEmpty()
                                            ? "; none is defined"
                                            : "; defined are " + String.join(", ", known)));
        }

        static void write(Journal journal, UnaryOperator<JournalRecord> change) {
            JournalRecord before = journal.read();
            JournalRecord after = change.apply(before);
            if (!after.equals(before)) {
                journal.write(after);
            }
        }

        /** Prints the changes and makes them unless they were only asked for. */
        int make(List<LinkChange> changes, LinkSession links, Changing how) {
            if (!how.dryRun) {
                LinkRun.apply(changes, links.tables());
            }
            var out = spec.commandLine().getOut();
            if (how.json) {
                out.println(InterfacesJson.changes(changes));
            } else {
                changes.forEach(out::println);
                if (changes.isEmpty()) {
                    out.println("nothing to do");
                }
            }
            out.flush();
            return how.dryRun && !changes.isEmpty() ? ExitCode.CHANGES : ExitCode.DONE;
        }
    }

    /** How changes are made and told. */
    static final class Changing {
        @Option(
                names = "--dry-run",
                description = "Show the changes and make none; the exit status is 2 if there are any.")
        boolean dryRun;

        @Option(names = "--json", description = "Print JSON.")
        boolean json;

        @Mixin
        JournalOptions journal;

        @Mixin
        WaitOption wait;

        /** Has a run to itself; who only asks keeps nobody from his. */
        Journal open(Kernel kernel) {
            return dryRun ? Journal.inMemory() : journal.open(kernel, wait.patience());
        }
    }

    @Command(
            name = "up",
            header = "make interfaces, or mend them",
            description = "Make interfaces with their MTU, addresses and routes, or mend what differs: all or nothing.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  xfrmctl interface up -f x.yaml           all that it defines",
                "  xfrmctl interface up --dry-run ipsec0    what would change of one",
            },
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    private static final class Up extends Part {
        @Mixin
        Changing how;

        Up(Kernel kernel) {
            super(kernel);
        }

        @Override
        public Integer call() {
            Definition definition = options.definition();
            List<LogicalInterface> defined = definition.interfaces();
            List<LogicalInterface> chosen = chosen(defined);
            try (Journal journal = how.open(kernel);
                    LinkSession links = open()) {
                int status = make(LinkPlanner.up(chosen, defined, links.tables().list()), links, how);
                write(
                        journal,
                        record -> record.keeping(
                                chosen.stream().map(LogicalInterface::name).toList()));
                route(Wanted.withoutKeys(definition), journal);
                return status;
            }
        }

        /** With an interface that was away, so were the routes for {@code mss} of the children that are up. */
        private void route(Wanted wanted, Journal journal) {
            if (!how.dryRun && wanted.hasSizes()) {
                PrintWriter told = how.json
                        ? new PrintWriter(Writer.nullWriter())
                        : spec.commandLine().getOut();
                new UsedRoutes(kernel, wanted)
                        .after(
                                Goal.UP,
                                Set.of(),
                                journal,
                                new RunText(told, spec.commandLine().getErr()));
            }
        }
    }

    @Command(
            name = "down",
            header = "remove interfaces",
            description = {
                "Remove interfaces, and with them their addresses and routes.",
                "Where states or policies use one, that is refused: without its routes packets take others, perhaps in clear."
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  xfrmctl interface down ipsec0",
            },
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    private static final class Down extends Part {
        @Mixin
        Changing how;

        @Option(names = "--force", description = "Remove them even if they are in use.")
        boolean force;

        Down(Kernel kernel) {
            super(kernel);
        }

        @Override
        public Integer call() {
            List<String> defined = options.definition().interfaces().stream()
                    .map(LogicalInterface::name)
                    .toList();
            try (Journal journal = how.open(kernel);
                    LinkSession links = open()) {
                List<HeldLink> present = links.tables().list();
                List<String> chosen = chosenNames(defined, present);
                List<LinkChange> changes = LinkPlanner.down(chosen, present);
                if (!force) {
                    refuseUsed(changes);
                }
                int status = make(changes, links, how);
                // A watch would make it again.
                write(
                        journal,
                        record -> record.leaving(
                                chosen.stream().filter(defined::contains).toList()));
                return status;
            }
        }

        /** One of ours may not be defined any more. */
        private List<String> chosenNames(List<String> defined, List<HeldLink> present) {
            Set<String> known = new LinkedHashSet<>(defined);
            present.stream().map(HeldLink::name).filter(names::contains).forEach(known::add);
            names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
                throw unknown(name, defined);
            });
            return names.isEmpty() ? defined : names;
        }

        private void refuseUsed(List<LinkChange> changes) {
            try (KernelSession session = new KernelSession(kernel.open())) {
                Snapshot snapshot = session.snapshot();
                for (LinkChange change : changes) {
                    if (change instanceof LinkChange.Remove remove) {
                        LinkUse.of(remove.held().name(), remove.kind(), snapshot)
                                .ifPresent(Down::refuse);
                    }
                }
            }
        }

        private static void refuse(String use) {
            throw new CommandFailedException(
                    "nothing was changed: " + use,
                    "take its children down first, and where they leave blocks (on_down: block) take these out of the"
                            + " definition and run \"apply\"; --force removes it now, and what was routed to it takes other"
                            + " routes, perhaps in clear");
        }
    }

    @Command(
            name = "status",
            header = "show how interfaces stand",
            description = "Show how each interface stands: UP, DOWN, DIFFERS, UNDEFINED or REFUSED.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  xfrmctl interface status -f x.yaml",
            },
            mixinStandardHelpOptions = true,
            exitCodeOnInvalidInput = ExitCode.USAGE)
    private static final class Status extends Part {
        @Option(names = "--json", description = "Print JSON.")
        boolean json;

        Status(Kernel kernel) {
            super(kernel);
        }

        @Override
        public Integer call() {
            List<LogicalInterface> defined = options.definition().interfaces();
            List<LogicalInterface> chosen = chosen(defined);
            List<LinkStatus> all;
            try (LinkSession links = open()) {
                all = LinkStatus.of(defined, links.tables().list());
            }
            List<LinkStatus> shown = all.stream()
                    .filter(each -> names.isEmpty()
                            || chosen.stream().anyMatch(wanted -> wanted.name().equals(each.name())))
                    .toList();
            var out = spec.commandLine().getOut();
            out.print(json ? InterfacesJson.status(shown) + System.lineSeparator() : InterfacesText.print(shown));
            out.flush();
            return ExitCode.DONE;
        }
    }
}
