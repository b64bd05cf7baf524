package org.xfrmctl.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.definition.KeyGeneration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code xfrmctl keygen}: makes the secrets that a definition names, or prints one key. */
@Command(
        name = "keygen",
        header = "make the keys that a definition names, or print one",
        description = {
            "Make every secret file that a definition names and that does not exist (mode 0600), or print one key.",
            "Both ends need the same files: make them at one end and copy them to the other."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  xfrmctl keygen -f carol.yaml       the files that it names and that are missing",
            "  xfrmctl keygen aes256gcm16         one key, in hex",
        },
        mixinStandardHelpOptions = true,
        exitCodeOnInvalidInput = ExitCode.USAGE)
final class KeygenCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Mixin
    DefinitionOptions options;

    @Parameters(
            paramLabel = "PROPOSAL",
            arity = "0..1",
            description = "Print a key for an ESP proposal (aes128gcm16) or of a number of bytes, in hex.")
    Optional<String> proposal = Optional.empty();

    @Option(names = "--json", description = "Print the files that were made as JSON; it never has a key.")
    boolean json;

    @Override
    public Integer call() {
        KeyGeneration generation = new KeyGeneration(new SecureRandom());
        var out = spec.commandLine().getOut();
        if (proposal.isPresent() && !options.files.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "either -f FILE (make its key files) or PROPOSAL (print one key), not both");
        }
        if (proposal.isPresent() && json) {
            throw new ParameterException(
                    spec.commandLine(), "--json tells of files and has no keys: leave out --json or PROPOSAL");
        }
        if (proposal.isPresent()) {
            try (Key key = generation.generate(length(proposal.get()))) {
                out.println(key.revealHex());
            }
        } else {
            List<Path> made = generation.createMissing(options.definition());
            if (json) {
                out.println(Json.print(
                        Json.object("made", made.stream().map(Path::toString).toList())));
            } else {
                made.forEach(path -> out.println("made " + path));
            }
            if (made.isEmpty() && !json) {
                out.println("nothing to make: every secret file exists");
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private int length(String text) {
        try {
            return KeyGeneration.length(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
