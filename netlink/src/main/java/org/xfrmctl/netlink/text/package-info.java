/**
 * Messages of NETLINK_XFRM in the words of {@code ip xfrm}: byte for byte what iproute2 prints, quirks included, so that
 * scripts and eyes that know the one can read the other.
 *
 * <p>{@link org.xfrmctl.netlink.text.MessageText} is the door; {@link org.xfrmctl.netlink.text.MonitorText} puts time
 * and namespace in front, {@link org.xfrmctl.netlink.text.StateText} and {@link org.xfrmctl.netlink.text.PolicyText}
 * print values of the model by the same way. {@link org.xfrmctl.netlink.text.TextOptions} says how much to print, as which
 * release, and supplies what a message does not tell (time zone, interface and protocol names). Nothing here speaks to a
 * kernel. The judge is the installed {@code ip} itself: its {@code xfrm monitor file} prints recorded messages, and a
 * test compares.
 */
@NullMarked
package org.xfrmctl.netlink.text;

import org.jspecify.annotations.NullMarked;
