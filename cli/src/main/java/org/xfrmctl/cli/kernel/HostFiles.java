package org.xfrmctl.cli.kernel;

import java.util.Optional;

/** What a host tells about itself beside netlink. */
public interface HostFiles {
    /** The content of a file below {@code /proc}, for example {@code sys/net/ipv4/ip_forward}; empty if it cannot be read. */
    Optional<String> proc(String file);

    /** The firewall as {@code nft -j list ruleset} prints it; empty if there is no nft or it may not look. */
    Optional<String> firewall();
}
