package org.xfrmctl.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.colour.Painting;
import org.xfrmctl.cli.doctor.LiveFacts;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.output.Looks;
import org.xfrmctl.cli.render.FindingsJson;
import org.xfrmctl.cli.render.FindingsText;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.cli.snapshot.SavedHost;
import org.xfrmctl.manager.doctor.Doctor;
import org.xfrmctl.manager.doctor.Facts;
import org.xfrmctl.manager.doctor.Finding;
import org.xfrmctl.manager.doctor.Severity;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.netlink.NetlinkException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code xfrmctl doctor}: what is wrong with the IPsec of this host. Changes nothing. */
@Command(
        name = "doctor",
        header = "say what is wrong with this host's IPsec, and what mends it",
        description = {
            "Look for what is wrong with the IPsec of this host, whoever set it up, and say what mends it.",
            "Reads states, policies, counters of dropped packets, routes, settings of links and the firewall; changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl doctor -f site.yaml --probe 10.2.0.1    also how long packets may be",
            "  xfrmctl doctor --from DIR      what somebody has sent who asks for help",
            "  xfrmctl doctor --watch=5       until it is mended",
            "  xfrmctl doctor --seconds 30    while somebody tries what does not work",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing found, or notes alone",
            "1:failed",
            "2:something was found",
            "64:the command line is wrong"
        })
final class DoctorCommand implements Callable<Integer> {
    private final Kernel kernel;

    @Spec
    CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long to look for counters that rise. Default: ${DEFAULT-VALUE}")
    double seconds = 1;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Look at what \"xfrmctl snapshot DIR\" has written, of this host or another.")
    Optional<Path> from = Optional.empty();

    @Option(
            names = "--probe",
            paramLabel = "HOST",
            description =
                    "Find out, too, how long packets to this host may be; with -f through the child that leads there.")
    Optional<String> probe = Optional.empty();

    @Mixin
    DefinitionOptions options;

    @Option(names = "--notes", description = "Show also what many have on purpose.")
    boolean notes;

    @Mixin
    LookOptions look;

    @Mixin
    ColourOptions colour;

    @Option(names = "--json", description = "Print JSON, notes among it; with --watch, an object on each line.")
    boolean json;

    DoctorCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    private DoctorProbe probing(String host) {
        try {
            return new DoctorProbe(
                    kernel,
                    IpAddress.parse(host),
                    options.files.isEmpty() ? Optional.empty() : Optional.of(options.definition()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--probe: " + e.getMessage());
        }
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!(seconds >= 0 && seconds <= 86_400)) {
            throw new ParameterException(spec.commandLine(), "--seconds " + seconds + " is not in 0..86400");
        }
        if (probe.isPresent() && from.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--probe asks from this host: leave it out, or --from");
        }
        if (from.isPresent() && !look.isOnce()) {
            throw new ParameterException(spec.commandLine(), "files do not change: leave out --watch or --from");
        }
        return look.show(spec, json, looks -> {
            Examination seen = examine();
            return new LookOptions.Seen(text(seen.findings(), looks.map(Looks::time)), seen.remarks(), seen.status());
        });
    }

    /** What was found, what is to be said of how, and whether a path was asked where one was to be. */
    private record Examination(List<Finding> findings, List<String> remarks, boolean whole) {
        int status() {
            if (!whole) {
                return ExitCode.FAILED;
            }
            return findings.stream().allMatch(finding -> finding.severity() == Severity.NOTE)
                    ? ExitCode.DONE
                    : ExitCode.CHANGES;
        }
    }

    private Examination examine() throws InterruptedException, IOException {
        Facts facts = from.isPresent()
                ? SavedHost.facts(from.get())
                : LiveFacts.of(kernel, Duration.ofMillis((long) (seconds * 1000)));
        List<Finding> findings = new ArrayList<>(Doctor.examine(facts));
        List<String> remarks = new ArrayList<>();
        boolean whole = true;
        try {
            probe.map(this::probing).flatMap(DoctorProbe::look).ifPresent(finding -> findings.add(0, finding));
        } catch (CommandFailedException | NetlinkException e) {
            // What was found without it is worth no less.
            remarks.addAll(Failure.describe(e));
            whole = false;
        }
        if (!facts.network().equals(Facts.Network.UNKNOWN)) {
            // A note that many will not ask for, and without which the rest is less than it seems.
            findings.stream()
                    .filter(finding -> finding.rule().equals(Doctor.NOT_EXAMINED))
                    .forEach(finding -> remarks.add(finding.what()));
        }
        return new Examination(findings, remarks, whole);
    }

    private String text(List<Finding> findings, Optional<Instant> time) {
        return json
                ? Json.document(FindingsJson.list(findings), "findings", time)
                : colour.paint(spec, Painting.FINDINGS, FindingsText.print(findings, notes));
    }
}
