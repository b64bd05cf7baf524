/**
 * Algorithms, key lengths, truncations and modes, asked of the userspace kernel and of Linux: both must take the same and
 * refuse the rest alike. Start with {@link org.xfrmctl.it.algorithm.AlgorithmTableIT}.
 */
@NullMarked
package org.xfrmctl.it.algorithm;

import org.jspecify.annotations.NullMarked;
