/**
 * Echo requests by which a path is measured, and what may come of one: the words that the kernels' sockets, the userspace
 * host and who searches with them have in common. Read {@link org.xfrmctl.model.echo.Heard} first.
 */
@NullMarked
package org.xfrmctl.model.echo;

import org.jspecify.annotations.NullMarked;
