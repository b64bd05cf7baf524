/**
 * The userspace kernel against a real one: random sequences of requests, right and wrong ones, sent to both; what they
 * answer, tell and hold afterwards must be the same.
 */
@NullMarked
package org.xfrmctl.it.differential;

import org.jspecify.annotations.NullMarked;
