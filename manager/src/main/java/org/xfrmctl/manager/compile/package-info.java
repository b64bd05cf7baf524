/**
 * From a definition to the states and policies that a kernel must hold: {@code Definition -> DesiredState}.
 *
 * <p>A pure function: it asks no kernel, reads no clock and no file. What two children may not share (reqid, SPI,
 * selector, priority on overlapping selectors) is refused here, all of it at once. Read {@link
 * org.xfrmctl.manager.compile.ConnectionCompiler} first. RFC 4301 sections 4.4 and 5, RFC 3173.
 */
@NullMarked
package org.xfrmctl.manager.compile;

import org.jspecify.annotations.NullMarked;
