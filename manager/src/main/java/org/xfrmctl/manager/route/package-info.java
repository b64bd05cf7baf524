/**
 * Routes that say how long the packets of children may be: {@code mtu} and {@code mss} of a definition, for this host's own
 * connections and what it tells others. A route of ours is a copy of the way that packets take anyhow, with metrics of its own,
 * and comes before it.
 *
 * <p>Read {@link org.xfrmctl.manager.route.RoutePlanner} first, a pure function. {@link org.xfrmctl.manager.route.RouteTables}
 * is the seam. What is ours says so in the kernel by its protocol number, so it takes no journal.
 */
@NullMarked
package org.xfrmctl.manager.route;

import org.jspecify.annotations.NullMarked;
