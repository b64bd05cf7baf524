package org.xfrmctl.cli.daemon;

import java.util.Optional;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** A route as the command line names it: {@code PREFIX,via=ADDRESS[,source=ADDRESS]}. */
public record RouteSpec(IpPrefix destination, IpAddress via, Optional<IpAddress> source) {
    /**
     * Reads one.
     *
     * @throws IllegalArgumentException with what is wrong in it
     */
    public static RouteSpec parse(String text) {
        DeviceSpec.Words words = new DeviceSpec.Words(text);
        IpAddress via = IpAddress.parse(words.one("via"));
        Optional<IpAddress> source =
                words.all("source").isEmpty() ? Optional.empty() : Optional.of(IpAddress.parse(words.one("source")));
        words.requireNoOthers();
        return new RouteSpec(IpPrefix.parse(words.kind()), via, source);
    }
}
