package org.xfrmctl.cli;

import java.time.ZoneId;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.netlink.text.ProtocolNames;
import org.xfrmctl.netlink.text.TextOptions;
import picocli.CommandLine.Option;

/** The options that {@code state} and {@code policy} share with {@code ip xfrm}. */
final class DumpOptions {
    @Option(
            names = {"-s", "--statistics"},
            description = "Print lifetimes, counters and every field, as ip -s does.")
    boolean statistics;

    @Option(
            names = {"-o", "--oneline"},
            description = "One object per line, as ip -o does.")
    boolean oneline;

    @Option(names = "--show-keys", description = "Print key material, as ip does unasked.")
    boolean showKeys;

    /** With the names of the kernel's interfaces and of this host's protocols. */
    TextOptions text(Kernel kernel) {
        return TextOptions.brief(ZoneId.systemDefault())
                .withStatistics(statistics)
                .withOneline(oneline)
                .withInterfaceName(kernel::interfaceName)
                .withProtocolName(ProtocolNames.ofHost()::nameOf)
                .withKeys(showKeys ? TextOptions.Keys.SHOWN : TextOptions.Keys.HIDDEN);
    }
}
