/**
 * What {@code org.xfrmctl.netlink} promises of any kernel, as checks that run on the userspace kernel in this process, on
 * this machine's own kernel in a network namespace, and in guests. Read {@link org.xfrmctl.it.contract.Check} first, then
 * {@link org.xfrmctl.it.contract.ContractIT}.
 */
@NullMarked
package org.xfrmctl.it.contract;

import org.jspecify.annotations.NullMarked;
