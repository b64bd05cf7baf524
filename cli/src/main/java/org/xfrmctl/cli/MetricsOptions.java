package org.xfrmctl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.metrics.MetricsAddress;
import org.xfrmctl.cli.metrics.MetricsLimits;
import org.xfrmctl.cli.metrics.MetricsServer;
import org.xfrmctl.cli.metrics.Scrapes;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --metrics [ADDRESS:]PORT}: where Prometheus finds numbers. */
final class MetricsOptions {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(
            names = "--metrics",
            paramLabel = "[ADDRESS:]PORT",
            description =
                    "Answer Prometheus at http://ADDRESS:PORT/metrics (docs/METRICS.md), whoever asks. Without ADDRESS"
                            + " on 127.0.0.1; with port 0 on one that is free, which is printed.")
    @Nullable
    String at;

    /** Empty if nobody wants any. */
    Optional<MetricsAddress> address() {
        try {
            return Optional.ofNullable(at).map(MetricsAddress::parse);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), "--metrics: " + e.getMessage());
        }
    }

    /** Begins to answer, and prints where. */
    Optional<MetricsServer> open(Supplier<Scrapes> scrapes) {
        return address().map(address -> {
            MetricsServer server = open(address, scrapes.get());
            PrintWriter out = command.commandLine().getOut();
            out.println("metrics: " + server.url());
            out.flush();
            return server;
        });
    }

    private MetricsServer open(MetricsAddress address, Scrapes scrapes) {
        try {
            return MetricsServer.open(address, MetricsLimits.DEFAULT, scrapes, this::tell);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "--metrics " + address + ": " + e.getMessage(),
                    "name an address of this host and a port above 1023 that nobody has; 0 stands for any that is free",
                    "in a new network namespace not even 127.0.0.1 is there before \"ip link set lo up\"");
        }
    }

    /** A line for people, from any thread. */
    void tell(String line) {
        PrintWriter err = command.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
