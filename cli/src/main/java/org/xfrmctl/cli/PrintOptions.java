package org.xfrmctl.cli;

import java.time.ZoneId;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.cli.tables.Printing;
import org.xfrmctl.netlink.text.ProtocolNames;
import org.xfrmctl.netlink.text.TextOptions;
import org.xfrmctl.netlink.text.TextOptions.Version;
import picocli.CommandLine.Option;

/** The options of the commands that print what {@code ip xfrm} prints. */
final class PrintOptions {
    @Option(
            names = {"-s", "--statistics"},
            description = "Print lifetimes, counters and every field, as ip -s does; twice for more of count.")
    boolean[] statistics = {};

    @Option(
            names = {"-o", "--oneline"},
            description = "One object per line, as ip -o does.")
    boolean oneline;

    @Option(names = "--show-keys", description = "Print key material, as ip does unasked.")
    boolean showKeys;

    @Option(names = "--json", description = "Print JSON: docs/JSON.md has its members.")
    boolean json;

    @Option(
            names = "--ip-version",
            paramLabel = "VERSION",
            converter = IpVersions.class,
            completionCandidates = IpVersions.class,
            defaultValue = "extended",
            description = {
                "Whose output it is: ${COMPLETION-CANDIDATES}.",
                "A number is a release of iproute2, to the byte; extended (the default) adds what none of them shows."
            })
    Version version = Version.EXTENDED;

    /** With the names of the kernel's interfaces and of this host's protocols. */
    Printing printing(Kernel kernel) {
        TextOptions text = TextOptions.brief(ZoneId.systemDefault())
                .withStatistics(statistics.length > 0)
                .withOneline(oneline)
                .withVersion(version)
                .withInterfaceName(kernel::interfaceName)
                .withProtocolName(ProtocolNames.ofHost()::nameOf)
                .withKeys(showKeys ? TextOptions.Keys.SHOWN : TextOptions.Keys.HIDDEN);
        return new Printing(json, statistics.length, text);
    }
}
