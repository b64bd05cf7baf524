package org.xfrmctl.netlink.route;

import java.util.OptionalInt;

/** A link that packets leave by; IPv6 has an MTU of its own for it. */
record CarryingLink(Link link, OptionalInt ipv6Mtu) {}
