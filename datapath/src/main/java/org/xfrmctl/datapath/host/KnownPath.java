package org.xfrmctl.datapath.host;

import org.xfrmctl.model.IpAddress;

/**
 * What a host knows of the way to another.
 *
 * @param mtu less than the link's where the route or a router says so
 * @param learnt whether a router did
 * @param device the interface that it leaves by
 * @param linkMtu what that takes
 * @param source the address that packets from here have
 */
public record KnownPath(int mtu, boolean learnt, String device, int linkMtu, IpAddress source) {}
