package org.xfrmctl.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.model.Family;
import org.xfrmctl.netlink.command.CommandException;
import org.xfrmctl.netlink.command.IpCommand;
import org.xfrmctl.netlink.command.IpCommandParser;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** What stands behind {@code ip xfrm state} and {@code ip xfrm policy}. */
final class CommandWords {
    @ArgGroup
    FamilyOption family = new FamilyOption();

    @Parameters(
            paramLabel = "WORD",
            arity = "0..*",
            description = "A command and what it is about, as \"ip xfrm\" takes them; default: list.")
    List<String> words = List.of();

    /** Which of them at most. */
    static final class FamilyOption {
        @Option(names = "-4", required = true, description = "Only IPv4.")
        boolean ipv4;

        @Option(names = "-6", required = true, description = "Only IPv6.")
        boolean ipv6;

        Family chosen() {
            return ipv4 ? Family.INET : ipv6 ? Family.INET6 : Family.UNSPEC;
        }
    }

    /** What the words ask for. Words are counted from the object's, which is the first. */
    IpCommand read(String object, Kernel kernel, CommandLine line) {
        List<String> all = new ArrayList<>();
        all.add(object);
        all.addAll(words);
        try {
            return new IpCommandParser(HostNamesHere.of(kernel, "command line", Path.of("")))
                    .parse(family.chosen(), all);
        } catch (CommandException e) {
            throw new ParameterException(line, String.valueOf(e.getMessage()));
        }
    }
}
