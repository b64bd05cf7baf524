package org.xfrmctl.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.xfrmctl.cli.kernel.Kernel;
import org.xfrmctl.model.definition.Place;
import org.xfrmctl.model.definition.SecretReader;
import org.xfrmctl.model.definition.SecretSource;
import org.xfrmctl.netlink.command.HostNames;
import org.xfrmctl.netlink.command.ProtocolNumbers;

/** The names of this host that commands of {@code ip xfrm} use. */
final class HostNamesHere {
    private HostNamesHere() {}

    /**
     * Interfaces of the kernel, protocols of the host, and key files.
     *
     * @param file what messages call the text that the commands come from
     * @param directory where key files are looked for
     */
    static HostNames of(Kernel kernel, String file, Path directory) {
        Map<String, Integer> interfaces = new HashMap<>();
        return of(name -> interfaces.computeIfAbsent(name, kernel::interfaceIndex), file, directory);
    }

    /** The same for a text of any host: every interface is there, under an index of its own. */
    static HostNames ofAnyHost(String file, Path directory) {
        Map<String, Integer> interfaces = new HashMap<>();
        return of(name -> interfaces.computeIfAbsent(name, any -> interfaces.size() + 1), file, directory);
    }

    private static HostNames of(ToIntFunction<String> interfaces, String file, Path directory) {
        SecretReader secrets = SecretReader.ofProcess(Duration.ZERO);
        Place place = new Place(file, 1, 1, "");
        return new HostNames(
                interfaces,
                ProtocolNumbers.ofHost()::numberOf,
                name -> secrets.read("@" + name, new SecretSource.File(directory.resolve(name), place)));
    }
}
