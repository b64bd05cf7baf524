package org.xfrmctl.manager.migrate.draft;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;

/** Gives a connection its two addresses: a definition has one at each end, and asks nobody for them. */
public final class ForeignAddresses {
    private final Optional<String> here;
    private final Findings findings;

    /** {@code here} is this host's address, where a daemon would look for it. */
    public ForeignAddresses(Optional<String> here, Findings findings) {
        this.here = here;
        this.findings = findings;
    }

    /**
     * Sets both; says whether they could be, which is told if not.
     *
     * @param local as the daemon has it: absent, a list, a name, a word that begins with a percent sign
     */
    public boolean put(
            Draft.Connection connection,
            Optional<String> local,
            Optional<String> remote,
            Origin origin,
            String localName,
            String remoteName) {
        Optional<String> there = first(remote, origin.below(remoteName));
        Optional<String> mine = first(local, origin.below(localName)).or(() -> here);
        if (there.isEmpty()) {
            findings.add(
                    origin.below(remoteName),
                    "a connection needs one address at the other end, and names are not looked up",
                    "it was left out; write one for each peer");
        }
        if (mine.isEmpty()) {
            findings.add(
                    origin.below(localName),
                    "a connection needs this host's address, and the daemon looked for it itself",
                    "it was left out; import again with --local-addr ADDRESS");
        }
        if (there.isEmpty() || mine.isEmpty()) {
            return false;
        }
        connection.own().put("local_addrs", mine.get(), origin.below(localName));
        connection.own().put("remote_addrs", there.get(), origin.below(remoteName));
        return true;
    }

    private Optional<String> first(Optional<String> value, Origin origin) {
        List<String> all = value.stream()
                .flatMap(text -> Arrays.stream(text.split("[,\\s]+", -1)))
                .filter(each -> !each.isEmpty())
                .toList();
        List<String> addresses =
                all.stream().filter(ForeignAddresses::isAddress).toList();
        if (!addresses.isEmpty() && all.size() > 1) {
            findings.add(
                    origin, "an SA has one address at each end", addresses.get(0) + " was written, the first of them");
        }
        return addresses.stream().findFirst();
    }

    private static boolean isAddress(String text) {
        try {
            return !IpAddress.parse(text)
                    .equals(IpAddress.any(IpAddress.parse(text).family()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A subnet with the bits cleared that no mask covers, as daemons do; what is none is given back as it is. */
    public static String network(String subnet) {
        try {
            return IpPrefix.parse(subnet).network().toString();
        } catch (IllegalArgumentException e) {
            return subnet;
        }
    }
}
