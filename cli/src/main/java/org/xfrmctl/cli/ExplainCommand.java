package org.xfrmctl.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.cli.colour.Painting;
import org.xfrmctl.cli.explain.HostReader;
import org.xfrmctl.cli.explain.HostView;
import org.xfrmctl.cli.explain.PacketWords;
import org.xfrmctl.cli.explain.Traveller;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.render.ExplainJson;
import org.xfrmctl.cli.render.ExplainText;
import org.xfrmctl.cli.render.ExplainText.Told;
import org.xfrmctl.cli.snapshot.SavedHost;
import org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException;
import org.xfrmctl.datapath.explain.Explainer;
import org.xfrmctl.datapath.explain.Explanation;
import org.xfrmctl.datapath.explain.Question;
import org.xfrmctl.datapath.wire.Flow;
import org.xfrmctl.model.IfId;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl explain}: what this host's kernel would do to a packet, and why. Sends nothing and changes nothing. */
@Command(
        name = "explain",
        header = "say what the kernel would do to a packet, and why",
        description = {
            "Say what the kernel would do to a packet, and why: policy, templates, states, sizes, MTU, counters.",
            "Takes states and policies as they stand, whoever made them. Nothing is sent, nothing is changed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl explain 10.1.0.10 10.2.0.10                  a ping that leaves this host",
            "  xfrmctl explain --fwd 10.2.0.10 10.1.0.10 tcp 443    passed on by this host",
            "  xfrmctl explain --in --size 1400 10.2.0.10 10.1.0.1  for this host",
            "  xfrmctl explain --from moon 10.1.0.10 10.2.0.10      by a snapshot's files",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:it passes: of a packet that comes in, in one of the ways at least",
            "1:it is dropped, is too long or has no route; or this cannot be said",
            "64:the command line is wrong"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int PING = 84;

    private final Kernel kernel;
    private final Clock clock;

    @Spec
    CommandSpec spec;

    /** One of three. */
    static final class Way {
        @Option(names = "--out", description = "It starts at this host (the default).")
        boolean out;

        @Option(names = "--in", description = "It is for this host.")
        boolean in;

        @Option(names = "--fwd", description = "This host passes it on: it comes in, and goes out.")
        boolean fwd;
    }

    @ArgGroup
    Way way = new Way();

    @Option(
            names = "--size",
            paramLabel = "N",
            description = "Bytes of the packet, its IP header included; default: 84, or what its headers take.")
    Optional<Integer> size = Optional.empty();

    @Option(names = "--df", description = "It must not be fragmented: it has DF set, its socket wants no fragments.")
    boolean whole;

    @Option(
            names = "--mark",
            paramLabel = "M",
            description = "Its mark, as 42 or 0x2a, for policies and for rules of routing.")
    Optional<String> mark = Optional.empty();

    @Option(
            names = "--if-id",
            paramLabel = "N",
            description =
                    "The if_id of the XFRM interface that it comes in by, or goes out by if that is not the route's.")
    Optional<String> ifId = Optional.empty();

    @Option(
            names = "--dev",
            paramLabel = "NAME",
            description = "The interface that it comes by, or that its socket is bound to: for routes and selectors.")
    Optional<String> device = Optional.empty();

    @Option(
            names = "--link-mtu",
            paramLabel = "N",
            description = "Take every way to be of this MTU, 68 to 65535, and ask no routes.")
    Optional<Integer> linkMtu = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Ask the files that \"xfrmctl snapshot\" has written there, and no kernel.")
    @Nullable
    Path from;

    @Mixin
    ColourOptions colour;

    @Option(names = "--json", description = "Print JSON: docs/JSON.md has its members.")
    boolean json;

    @Parameters(index = "0", paramLabel = "SRC", description = "Its source address.")
    String source = "";

    @Parameters(index = "1", paramLabel = "DST", description = "Its destination address.")
    String destination = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "PROTO",
            description = "icmp (the default: a ping), tcp, udp, gre, icmpv6, sctp, udplite or a number.")
    Optional<String> protocol = Optional.empty();

    @Parameters(
            index = "3",
            arity = "0..1",
            paramLabel = "PORTS",
            description = "443, 40000:443, or the type and code of ICMP: 8:0.")
    Optional<String> ports = Optional.empty();

    ExplainCommand(Kernel kernel, Clock clock) {
        this.kernel = kernel;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        Question question = question();
        try (HostView host = host()) {
            return print(host, device.isPresent() ? question.boundTo(index(host, device.get())) : question);
        }
    }

    private int print(HostView host, Question question) {
        Explanation explanation = explain(host, question);
        Told told = new Told(host.ways(), host.surroundings().doubt());
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(ExplainJson.print(question, explanation, told));
        } else {
            out.print(colour.paint(spec, Painting.EXPLANATION, ExplainText.print(question, explanation, told)));
        }
        out.flush();
        return explanation.passes() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Explanation explain(HostView host, Question question) {
        Traveller packet = Traveller.of(question, way.fwd);
        Explainer explainer = host.explainer(packet);
        try {
            if (way.in) {
                return explainer.inbound(question);
            }
            IfId byRoute = host.surroundings().entrance(packet).orElse(IfId.NONE);
            return way.fwd
                    ? explainer.forwarded(question, byRoute)
                    : explainer.outbound(ifId.isPresent() ? question : question.by(byRoute));
        } catch (UnsupportedAlgorithmException e) {
            throw new CommandFailedException(
                    "how long packets get is not known: " + e.getMessage(),
                    "the kernel has an algorithm that this program does not; policies and states are as \"xfrmctl state\""
                            + " and \"xfrmctl policy\" show them");
        }
    }

    private Question question() {
        try {
            Flow flow = PacketWords.flow(source, destination, protocol, ports);
            int bytes = size.orElse(Math.max(PING, Question.least(flow)));
            return new Question(
                    flow,
                    bytes,
                    whole,
                    mark.map(word -> number("--mark", word)).orElse(0),
                    0,
                    new IfId(ifId.map(word -> number("--if-id", word)).orElse(0)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private static int number(String option, String word) {
        try {
            return word.startsWith("0x")
                    ? Integer.parseUnsignedInt(word.substring(2), 16)
                    : Integer.parseUnsignedInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " " + word + " is no number of 32 bits, as 42 or 0x2a", e);
        }
    }

    private int index(HostView host, String name) {
        int index = host.surroundings().interfaceIndex(name);
        if (index == 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--dev " + name + ": there is no such interface; "
                            + (from == null
                                    ? "\"ip link\" lists those that are there"
                                    : "links.json has those of the snapshot"));
        }
        return index;
    }

    private HostView host() {
        MtuRange.check(spec, "--link-mtu", linkMtu);
        OptionalInt given = linkMtu.isPresent() ? OptionalInt.of(linkMtu.get()) : OptionalInt.empty();
        if (from == null) {
            return HostReader.read(kernel, given, clock.instant());
        }
        HostView saved = SavedHost.read(from);
        return given.isPresent() ? saved.withWays(given.getAsInt(), "as given") : saved;
    }
}
