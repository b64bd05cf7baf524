/**
 * How commands and labs get at a kernel's tables: {@link org.xfrmctl.cli.kernel.Kernel} opens a transport, {@link
 * org.xfrmctl.cli.kernel.KernelSession} is the connection over it. What a kernel is, real or in userspace, is not known
 * here.
 */
@NullMarked
package org.xfrmctl.cli.kernel;

import org.jspecify.annotations.NullMarked;
