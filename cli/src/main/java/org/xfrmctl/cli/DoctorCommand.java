package org.xfrmctl.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.doctor.LiveFacts;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.render.FindingsJson;
import org.xfrmctl.cli.render.FindingsText;
import org.xfrmctl.manager.doctor.Doctor;
import org.xfrmctl.manager.doctor.Facts;
import org.xfrmctl.manager.doctor.Finding;
import org.xfrmctl.manager.doctor.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code xfrmctl doctor}: what is wrong with the IPsec of this host. Changes nothing. */
@Command(
        name = "doctor",
        description = {
            "Look for what is wrong with the IPsec of this host, whoever set it up, and say what mends it.",
            "Reads states, policies, counters of dropped packets, routes, settings of links and the firewall; changes nothing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl doctor",
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

    @Option(names = "--notes", description = "Show also what many have on purpose.")
    boolean notes;

    @Option(names = "--json", description = "Print JSON, notes among it.")
    boolean json;

    DoctorCommand(Kernel kernel) {
        this.kernel = kernel;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!(seconds >= 0 && seconds <= 86_400)) {
            throw new ParameterException(spec.commandLine(), "--seconds " + seconds + " is not in 0..86400");
        }
        Facts facts = LiveFacts.of(kernel, Duration.ofMillis((long) (seconds * 1000)));
        List<Finding> findings = Doctor.examine(facts);
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(FindingsJson.print(findings));
        } else {
            out.print(FindingsText.print(findings, notes));
        }
        out.flush();
        return findings.stream().allMatch(finding -> finding.severity() == Severity.NOTE)
                ? ExitCode.DONE
                : ExitCode.CHANGES;
    }
}
