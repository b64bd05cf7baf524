/**
 * How fast a real kernel's tables are changed and read: by this library, by {@code xfrmctl}, by {@code ip} and by a loop
 * in C, side by side in one run. Read {@link org.xfrmctl.bench.speed.SpeedRun} first; {@link
 * org.xfrmctl.bench.speed.SpeedTable} puts it into a namespace of its own. Not for JMH: most contestants are processes,
 * and what they share is the kernel.
 */
@NullMarked
package org.xfrmctl.bench.speed;

import org.jspecify.annotations.NullMarked;
