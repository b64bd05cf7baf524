/**
 * What to change so that a kernel holds what is wanted: {@code (DesiredState, Snapshot) -> Plan}.
 *
 * <p>Pure: the same two values give the same plan, and nothing is sent. The order of a plan's changes is the whole of the
 * rule that a defined child's packets are protected or blocked and never in clear; it stands in {@link
 * org.xfrmctl.manager.plan.Stage}. Read {@link org.xfrmctl.manager.plan.Planner} first.
 */
@NullMarked
package org.xfrmctl.manager.plan;

import org.jspecify.annotations.NullMarked;
