/**
 * The command line: one class per command, all of them thin. What they do is done by the manager or by
 * {@code org.xfrmctl.cli.lab}; what they print is rendered in {@code org.xfrmctl.cli.render}; the kernel that they speak
 * to comes from {@code org.xfrmctl.cli.kernel}.
 *
 * <p>Read {@link org.xfrmctl.cli.Main} first.
 */
@NullMarked
package org.xfrmctl.cli;

import org.jspecify.annotations.NullMarked;
