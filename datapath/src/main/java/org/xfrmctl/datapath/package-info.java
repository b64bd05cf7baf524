/**
 * A kernel in userspace: packets, the verdicts on them, and the transforms between.
 */
@NullMarked
package org.xfrmctl.datapath;

import org.jspecify.annotations.NullMarked;
