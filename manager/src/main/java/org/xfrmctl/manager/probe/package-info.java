/**
 * Finding out how long packets may really be, by sending some, and saying what is broken where they may not be as long as the
 * arithmetic of {@link org.xfrmctl.manager.mtu} has it.
 *
 * <p>A tunnel breaks path MTU discovery in two places: its gateway has to tell hosts what it leaves (place 1), and a router
 * between the gateways has to tell the gateway what its link takes (place 2). {@link org.xfrmctl.manager.probe.PathSearch}
 * sends, {@link org.xfrmctl.manager.probe.TunnelProbe} and {@link org.xfrmctl.manager.probe.HostProbe} judge, on a gateway and on
 * any other host. Which kernel sends is not known here ({@link org.xfrmctl.manager.probe.ProbingHost}). docs/PMTU.md explains it to
 * users; RFC 8899 has the same search for protocols that have no errors to go by.
 */
@NullMarked
package org.xfrmctl.manager.probe;

import org.jspecify.annotations.NullMarked;
