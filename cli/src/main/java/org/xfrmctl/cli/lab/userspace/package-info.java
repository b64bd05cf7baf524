/**
 * Labs on userspace kernels: every host is objects in this process, links are queues, and no privilege is needed. Read
 * {@link org.xfrmctl.cli.lab.userspace.UserspaceLaboratory} first.
 */
@NullMarked
package org.xfrmctl.cli.lab.userspace;

import org.jspecify.annotations.NullMarked;
