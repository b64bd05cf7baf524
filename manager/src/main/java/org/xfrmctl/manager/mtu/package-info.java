/**
 * How long the packets of a child may be: the MTU of the way to the peer less what the child's states take, line by line, and
 * what the kernel itself says.
 *
 * <p>The arithmetic is {@link org.xfrmctl.model.mtu.MtuSum}'s. Here is what it starts from ({@link
 * org.xfrmctl.manager.mtu.Ways}), which flows it is for, and what people should know about it. Read {@link
 * org.xfrmctl.manager.mtu.ChildMtu} first; docs/PMTU.md explains it to users.
 */
@NullMarked
package org.xfrmctl.manager.mtu;

import org.jspecify.annotations.NullMarked;
