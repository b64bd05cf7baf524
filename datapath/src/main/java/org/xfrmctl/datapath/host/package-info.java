/**
 * A small IP host for labs and tests: addresses, routes, forwarding, fragments, echo, the ICMP errors that path MTU
 * discovery needs, UDP, and TCP in {@link org.xfrmctl.datapath.host.tcp}. It does what a Linux host does as far as XFRM
 * shows it, and no more: no ARP, and no time but that of the {@link org.xfrmctl.datapath.link.Network}. Start at
 * {@link org.xfrmctl.datapath.host.Host}. RFC 768, 791, 792, 1122, 1191, 1812, 4443, 8200, 8201.
 */
@NullMarked
package org.xfrmctl.datapath.host;

import org.jspecify.annotations.NullMarked;
