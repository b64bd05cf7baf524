/**
 * Large TCP transfers over A--B==C--D with a hop between the gateways that nobody sees: which arrive, on the real kernel and
 * on ours. The table of both is docs/PMTU-MATRIX.md.
 */
@NullMarked
package org.xfrmctl.it.pmtu;

import org.jspecify.annotations.NullMarked;
