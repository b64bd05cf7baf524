package org.xfrmctl.datapath.host;

import org.xfrmctl.model.IpAddress;

/**
 * What a host knows of the way to another.
 *
 * @param mtu less than the link's where a router told so
 * @param device the interface that it leaves by
 * @param linkMtu what that takes
 * @param source the address that packets from here have
 */
public record KnownPath(int mtu, String device, int linkMtu, IpAddress source) {}
