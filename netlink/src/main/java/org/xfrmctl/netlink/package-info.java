/**
 * How a kernel is spoken to: netlink messages, attributes, and the one seam between backends.
 *
 * <p>{@link org.xfrmctl.netlink.NetlinkTransport} moves datagrams and knows nothing of their meaning; it is where a real
 * socket and the userspace kernel differ, and the only place. Read it first, then {@code XfrmClient}. RFC 3549 describes
 * netlink in general.
 *
 * <p>Below this package, from the bytes up: {@code struct} (C layouts), {@code uapi} (the kernel's structs), {@code
 * message} (messages, attributes, conversations), {@code xfrm} (what XFRM means by them), {@code route} (links,
 * addresses, routes and rules), {@code text} (states and policies as {@code ip} prints them), and {@code sys} (the
 * socket).
 */
@NullMarked
package org.xfrmctl.netlink;

import org.jspecify.annotations.NullMarked;
