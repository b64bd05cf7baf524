/**
 * Ways out of this process for the packets of a {@link org.xfrmctl.datapath.host.Host}: a TUN interface, an Ethernet
 * interface on which the host is a neighbour of its own (ARP, neighbour discovery), a UDP socket that carries ESP. A device
 * is the far port of a link; what it has to do with descriptors is {@code netlink.sys}' matter. Start at
 * {@link org.xfrmctl.datapath.device.DeviceLoop}. RFC 826, 3948, 4861.
 */
@NullMarked
package org.xfrmctl.datapath.device;

import org.jspecify.annotations.NullMarked;
