/**
 * The language of {@code ip xfrm} (iproute2 7.1): from words to what they ask for.
 */
@NullMarked
package org.xfrmctl.netlink.command;

import org.jspecify.annotations.NullMarked;
