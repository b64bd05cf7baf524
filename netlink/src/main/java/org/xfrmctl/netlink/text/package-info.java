/**
 * States and policies in the words of {@code ip xfrm}: byte for byte what iproute2 6.1 prints, quirks included, so that
 * scripts and eyes that know the one can read the other.
 *
 * <p>{@link org.xfrmctl.netlink.text.StateText} and {@link org.xfrmctl.netlink.text.PolicyText} are the two doors;
 * {@link org.xfrmctl.netlink.text.TextOptions} says how much to print and supplies what the model does not know (time
 * zone, interface and protocol names). Nothing here speaks to a kernel. The judge is the installed {@code ip} itself:
 * its {@code xfrm monitor file} prints recorded messages, and a test compares.
 */
@NullMarked
package org.xfrmctl.netlink.text;

import org.jspecify.annotations.NullMarked;
