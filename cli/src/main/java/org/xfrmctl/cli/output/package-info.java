/** Standard output: bytes as the kernel gave them, and whether they got where they should. */
@NullMarked
package org.xfrmctl.cli.output;

import org.jspecify.annotations.NullMarked;
