/**
 * Proofs of what docs/LIFECYCLE.md promises, on both kernels, with the wire between two gateways as the witness: packets of
 * the defined children run while everything happens to them that may happen. Read {@link
 * org.xfrmctl.it.lifecycle.ClearTextScript} first.
 */
@NullMarked
package org.xfrmctl.it.lifecycle;

import org.jspecify.annotations.NullMarked;
