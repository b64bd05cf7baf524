/**
 * What a kernel holds of each child, and what its counters mean.
 *
 * <p>Pure views of a {@link org.xfrmctl.manager.compile.DesiredState} and a {@link org.xfrmctl.manager.plan.Snapshot}. Read
 * {@link org.xfrmctl.manager.status.ChildStatus} first.
 */
@NullMarked
package org.xfrmctl.manager.status;

import org.jspecify.annotations.NullMarked;
