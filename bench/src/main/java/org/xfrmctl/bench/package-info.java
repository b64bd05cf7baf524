/**
 * What things cost, always as a ratio to a peer that takes turns with it: absolute numbers of a shared machine mean
 * little. Start with {@link org.xfrmctl.bench.Duel}; {@link org.xfrmctl.bench.Ratios} prints the table.
 */
@NullMarked
package org.xfrmctl.bench;

import org.jspecify.annotations.NullMarked;
