package org.xfrmctl.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.render.ImportJson;
import org.xfrmctl.cli.render.ImportText;
import org.xfrmctl.manager.migrate.FilesHere;
import org.xfrmctl.manager.migrate.ImportFormat;
import org.xfrmctl.manager.migrate.ImportOptions;
import org.xfrmctl.manager.migrate.Imported;
import org.xfrmctl.manager.migrate.Importer;
import org.xfrmctl.manager.migrate.draft.KeyChoice;
import org.xfrmctl.manager.migrate.draft.Side;
import org.xfrmctl.manager.migrate.draft.SourceText;
import org.xfrmctl.model.definition.DefinitionText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl import}: a definition from what strongSwan, libreswan or {@code ip xfrm} is configured by. */
@Command(
        name = "import",
        header = "make a definition of swanctl.conf, ipsec.conf or ip xfrm",
        description = {
            "Print a definition of what another program is configured by, and tell all that it does not say.",
            "What could not be taken over is told on standard error, and in comments above the definition. The tables of"
                    + " options are in docs/MIGRATION.md.",
            "Of ip xfrm it reads what \"ip xfrm state\" and \"ip xfrm policy\" print (with -s, -d, -o too), scripts, and files for"
                    + " ip -batch."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all was taken over",
            "1:it cannot be read; the reason is on standard error",
            "2:something was not taken over, and is told",
            "64:the command line is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl import /etc/swanctl/swanctl.conf >home.yaml",
            "  xfrmctl import --local-addr 192.0.2.1 -o home.yaml /etc/ipsec.conf",
            "  xfrmctl import --keys-to keys -o host.yaml states policies",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class ImportCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final InputStream standardInput;

    @Spec
    CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The configuration; several are read as one; - for standard input.")
    List<String> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = ImportFormatName.class,
            completionCandidates = ImportFormatName.class,
            description = "What it is: ${COMPLETION-CANDIDATES}. Default: what it looks like.")
    Optional<ImportFormat> format = Optional.empty();

    @Option(
            names = "--local",
            paramLabel = "SIDE",
            converter = SideName.class,
            completionCandidates = SideName.class,
            description = "Which side of ipsec.conf this host is: ${COMPLETION-CANDIDATES}. Default: left.")
    Optional<Side> local = Optional.empty();

    @Option(
            names = "--local-addr",
            paramLabel = "ADDRESS",
            description = "This host's address, for connections that name none.")
    Optional<String> here = Optional.empty();

    @Option(
            names = "--keys",
            paramLabel = "HOW",
            converter = KeyChoiceName.class,
            completionCandidates = KeyChoiceName.class,
            description =
                    "Where keys come from: ${COMPLETION-CANDIDATES}. Default: derive, from secrets that both ends have;"
                            + " of ip xfrm written, as they are.")
    Optional<KeyChoice> keys = Optional.empty();

    @Option(
            names = "--keys-to",
            paramLabel = "DIR",
            description =
                    "Write the keys that ip xfrm shows into files there, mode 0600. Without it they are written nowhere.")
    Optional<Path> keysTo = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the definition there; a file that exists is not touched. Default: standard output.")
    Optional<Path> output = Optional.empty();

    @Option(names = "--json", description = "Print what has come of it as JSON, the definition in it.")
    boolean json;

    ImportCommand(InputStream standardInput) {
        this.standardInput = standardInput;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            List<SourceText> texts = texts();
            ImportFormat meant = format.orElseGet(() -> FormatGuess.of(texts));
            check(meant);
            Imported imported = Importer.read(meant, texts, new FilesHere(), options(texts.get(0)));
            List<Path> written = new ImportedFiles(keysTo, output).write(imported, text(imported));
            if (json) {
                out.println(ImportJson.print(imported, text(imported), written));
            } else if (output.isEmpty()) {
                out.print(text(imported));
            }
            if (format.isEmpty()) {
                err.println("read as " + meant.title() + "; --format says another");
            }
            ImportText.findings(imported, written).forEach(err::println);
            return imported.untaken().isEmpty() ? ExitCode.DONE : ExitCode.CHANGES;
        } finally {
            out.flush();
            err.flush();
        }
    }

    private String text(Imported imported) {
        return DefinitionText.print(imported.definition(), ImportText.comments(imported, files), directory());
    }

    private void check(ImportFormat meant) {
        if (keysTo.isPresent() && meant != ImportFormat.IP_XFRM) {
            throw usage("--keys-to is for ip xfrm: " + meant.title() + " has no keys of SAs; leave it out");
        }
        if (here.isPresent() && meant == ImportFormat.IP_XFRM) {
            throw usage("--local-addr is for connections, and ip xfrm has addresses everywhere; leave it out");
        }
        if (local.isPresent() && meant != ImportFormat.IPSEC) {
            throw usage("--local is for ipsec.conf: " + meant.title() + " has no left and right; leave it out");
        }
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    private List<SourceText> texts() throws IOException {
        List<SourceText> texts = new ArrayList<>();
        for (String file : files) {
            texts.add(
                    file.equals(STANDARD_INPUT)
                            ? FilesHere.text("stdin", standardInput.readAllBytes())
                            : FilesHere.read(Path.of(file)));
        }
        return texts;
    }

    private Path directory() {
        return output.map(file -> file.resolveSibling("")).orElse(Path.of(""));
    }

    private ImportOptions options(SourceText first) {
        String keyPath = keysTo.map(to -> directory()
                        .toAbsolutePath()
                        .normalize()
                        .relativize(to.toAbsolutePath().normalize())
                        .toString())
                .filter(path -> !path.isEmpty())
                .map(path -> path + "/")
                .orElse("");
        return new ImportOptions(
                keys,
                here,
                local.orElse(Side.LEFT),
                directory(),
                keyPath,
                HostNamesHere.ofAnyHost(first.name(), Path.of(first.name()).resolveSibling("")));
    }
}
