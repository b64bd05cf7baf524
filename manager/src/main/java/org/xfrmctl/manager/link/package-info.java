/**
 * Interfaces of a definition, made and removed: what is there ({@link org.xfrmctl.manager.link.LinkTables}), what would have
 * to change ({@link org.xfrmctl.manager.link.LinkPlanner}, a pure function), and changing it, all of it or nothing ({@link
 * org.xfrmctl.manager.link.LinkRun}). States and policies are none of it: where an interface is and no policy, packets are
 * dropped.
 *
 * <p>Read {@link org.xfrmctl.manager.link.LinkPlanner} first. What is ours says so in the kernel itself, so it takes no
 * journal: a link by its alias, a route by its protocol number.
 */
@NullMarked
package org.xfrmctl.manager.link;

import org.jspecify.annotations.NullMarked;
