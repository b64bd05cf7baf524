/**
 * The Debian package on a host of its own, from its installation to its purge: what systemd makes of the units, what stays
 * protected meanwhile, and what is left. Start with {@link org.xfrmctl.it.pack.PackageIT}.
 */
@NullMarked
package org.xfrmctl.it.pack;

import org.jspecify.annotations.NullMarked;
