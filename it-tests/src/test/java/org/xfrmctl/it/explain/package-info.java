/**
 * {@code xfrmctl explain} on a real kernel where packets are routed by rules, and by XFRM interfaces: what is told is what is seen,
 * and a snapshot tells the same. Start at {@link org.xfrmctl.it.explain.ExplainRoutesIT}.
 */
@NullMarked
package org.xfrmctl.it.explain;

import org.jspecify.annotations.NullMarked;
