/**
 * Sends a plan to a kernel: all of it, or what was done is undone.
 *
 * <p>Nothing is decided here; read {@link org.xfrmctl.manager.plan.Planner} for that and {@link
 * org.xfrmctl.manager.apply.Applier} for this.
 */
@NullMarked
package org.xfrmctl.manager.apply;

import org.jspecify.annotations.NullMarked;
