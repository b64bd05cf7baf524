/** How the built program starts: from an archive of its classes. */
@NullMarked
package org.xfrmctl.it.start;

import org.jspecify.annotations.NullMarked;
