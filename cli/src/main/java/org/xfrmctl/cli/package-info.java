/**
 * The command line: one class per command, all of them thin. What they print is rendered in
 * {@code org.xfrmctl.cli.render}; what they do is done by the manager.
 *
 * <p>Read {@link org.xfrmctl.cli.Main} first.
 */
@NullMarked
package org.xfrmctl.cli;

import org.jspecify.annotations.NullMarked;
