/**
 * What {@code --help} and the man pages have in common: the groups of commands, and the examples of each.
 *
 * <p>Read {@link org.xfrmctl.cli.help.HelpPages} first.
 */
@NullMarked
package org.xfrmctl.cli.help;

import org.jspecify.annotations.NullMarked;
