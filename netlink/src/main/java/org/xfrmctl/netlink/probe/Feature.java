package org.xfrmctl.netlink.probe;

/** Something that kernels have or have not; algorithms are told apart from it. */
public enum Feature {
    ESP_IPV4("ESP over IPv4", "CONFIG_INET_ESP (module esp4)"),
    ESP_IPV6("ESP over IPv6", "CONFIG_INET6_ESP (module esp6)"),
    AH_IPV4("AH over IPv4", "CONFIG_INET_AH (module ah4)"),
    AH_IPV6("AH over IPv6", "CONFIG_INET6_AH (module ah6)"),
    IPCOMP_IPV4("IPComp over IPv4", "CONFIG_INET_IPCOMP (module ipcomp)"),
    IPCOMP_IPV6("IPComp over IPv6", "CONFIG_INET6_IPCOMP (module ipcomp6)"),
    ESP_IN_UDP("ESP in UDP", "part of CONFIG_INET_ESP"),
    ESP_IN_TCP("ESP in TCP", "CONFIG_INET_ESPINTCP"),
    BEET("mode beet", "part of CONFIG_INET_ESP"),
    IPTFS("mode iptfs", "CONFIG_XFRM_IPTFS (module xfrm_iptfs), Linux 6.14"),
    SUB_POLICIES("sub policies", "CONFIG_XFRM_SUB_POLICY"),
    MIGRATION("migration", "CONFIG_XFRM_MIGRATE"),
    DEFAULT_POLICIES("default policies", "Linux 5.14"),
    MAPPING_TIMER("attribute MTIMER_THRESH", "Linux 5.17"),
    DIRECTION("attribute SA_DIR", "Linux 6.10"),
    NAT_KEEPALIVE("attribute NAT_KEEPALIVE_INTERVAL", "Linux 6.11"),
    PER_CPU("attribute SA_PCPU", "Linux 6.13"),
    OFFLOAD("hardware offload", "CONFIG_XFRM_OFFLOAD"),
    PACKET_OFFLOAD("packet offload", "CONFIG_XFRM_OFFLOAD, Linux 6.2"),
    XFRM_INTERFACES("xfrm interfaces", "CONFIG_XFRM_INTERFACE (module xfrm_interface)");

    private final String text;
    private final String source;

    Feature(String text, String source) {
        this.text = text;
        this.source = source;
    }

    /** Where it comes from: an option of the kernel's configuration, a version, or both. */
    public String source() {
        return source;
    }

    /** The name for people. */
    @Override
    public String toString() {
        return text;
    }
}
