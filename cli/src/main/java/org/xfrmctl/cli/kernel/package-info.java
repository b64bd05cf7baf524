/** How commands and labs get at a kernel's tables. */
@NullMarked
package org.xfrmctl.cli.kernel;

import org.jspecify.annotations.NullMarked;
