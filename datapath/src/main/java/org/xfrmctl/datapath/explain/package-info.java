/**
 * What a kernel would do to a packet, and why: the walk through SPD and SAD, told. It has no lookup of its own: the
 * tables of the asked kernel are put into a fresh {@link org.xfrmctl.datapath.engine.XfrmNamespace}, and a packet is sent
 * through the engine that moves packets everywhere else, with keys that everybody knows.
 *
 * <p>Start at {@link org.xfrmctl.datapath.explain.Explainer}. The answers are values; to put them into words is other
 * packages' matter.
 */
@NullMarked
package org.xfrmctl.datapath.explain;

import org.jspecify.annotations.NullMarked;
