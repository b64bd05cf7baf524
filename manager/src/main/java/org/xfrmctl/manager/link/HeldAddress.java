package org.xfrmctl.manager.link;

import org.xfrmctl.model.IpPrefix;

/**
 * An address of a link.
 *
 * @param isOurs whether it is known to be; a kernel before 5.18 does not keep who gave an address, so there none is
 */
public record HeldAddress(IpPrefix prefix, boolean isOurs) {}
