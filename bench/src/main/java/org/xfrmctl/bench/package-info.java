/**
 * What things cost, always as a ratio to a peer measured in the same run: absolute numbers of a shared machine mean
 * little. {@link org.xfrmctl.bench.Ratios} prints the table.
 */
@NullMarked
package org.xfrmctl.bench;

import org.jspecify.annotations.NullMarked;
