package org.xfrmctl.cli.snapshot;

/** The files of a snapshot. */
enum SnapshotFile {
    /** Who wrote it, of which kernel and when; written last, so that a snapshot with it is complete. */
    MANIFEST("manifest.json"),
    STATES("states.json"),
    POLICIES("policies.json"),
    DEFAULTS("defaults.json"),
    /** The counters of {@code /proc/net/xfrm_stat}. */
    STATISTICS("xfrm_stat.json"),
    LINKS("links.json"),
    ADDRESSES("addresses.json"),
    ROUTES("routes.json"),
    /** Which packets are routed by which table. */
    RULES("rules.json"),
    /** What is known of the ways to peers of states. */
    PATHS("paths.json"),
    /** The ports that UDP sockets are bound to. */
    PORTS("udp.json"),
    SETTINGS("sysctl.json"),
    /** What {@code nft -j list ruleset} prints, as it is. */
    FIREWALL("nft.json"),
    /** The tables of iptables-legacy, which nft does not show. */
    LEGACY_FILTERS("iptables.json");

    private final String fileName;

    SnapshotFile(String fileName) {
        this.fileName = fileName;
    }

    @Override
    public String toString() {
        return fileName;
    }
}
