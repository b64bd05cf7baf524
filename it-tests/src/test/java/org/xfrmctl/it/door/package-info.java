/**
 * The door for other programs, by the program that everybody has: the installed {@code ip}, unmodified, on a real kernel and
 * on the userspace kernel. Read {@link org.xfrmctl.it.door.UnmodifiedIpIT} first.
 */
@NullMarked
package org.xfrmctl.it.door;

import org.jspecify.annotations.NullMarked;
