/**
 * What {@code explain} asks about and of whom: a packet from the words of the command line, and a host's tables and ways,
 * from its kernel or from the files of a snapshot. Start at {@link org.xfrmctl.cli.explain.HostView}. How the walk goes is
 * {@code datapath.explain}'s matter, how it reads that of {@code cli.render}.
 */
@NullMarked
package org.xfrmctl.cli.explain;

import org.jspecify.annotations.NullMarked;
