/**
 * Links, addresses, routes and policy rules, as far as an IPsec manager needs them: the xfrm interfaces it makes, the
 * routes and rules that lead packets there, and the MTU of a packet's way. Neighbours, traffic control, and changes to
 * multipath routes are none of it.
 *
 * <p>Read {@link org.xfrmctl.netlink.route.RouteClient} first. The records say what is wanted and what is there alike.
 * What they do not interpret of an address, a route or a rule stays in {@code other} and is written back. RFC 3549
 * describes the messages; {@code net/core/rtnetlink.c} and {@code net/core/fib_rules.c} are what decides.
 */
@NullMarked
package org.xfrmctl.netlink.route;

import org.jspecify.annotations.NullMarked;
