/**
 * The few rules of a packet filter that a userspace host knows: what lowers a TCP MSS, and what sets DF. They do what nftables
 * does with the rules of the same name that {@code xfrmctl firewall} prints. There are none that drop: a userspace host has no
 * filter. Start at {@link org.xfrmctl.datapath.host.rules.PacketRules}. RFC 9293, section 3.7.1; RFC 1624.
 */
@NullMarked
package org.xfrmctl.datapath.host.rules;

import org.jspecify.annotations.NullMarked;
