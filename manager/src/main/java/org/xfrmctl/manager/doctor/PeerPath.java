package org.xfrmctl.manager.doctor;

import org.xfrmctl.model.IpAddress;

/**
 * The way of what is sent by a state.
 *
 * @param mark the one that the state sets, which rules of routing look at
 * @param mtu the greatest packet that goes this way, in bytes, as far as this host knows
 * @param linkMtu that of the link that it leaves by
 * @param learnt whether a router has told {@code mtu}
 */
public record PeerPath(IpAddress source, IpAddress destination, int mark, int mtu, int linkMtu, boolean learnt) {}
