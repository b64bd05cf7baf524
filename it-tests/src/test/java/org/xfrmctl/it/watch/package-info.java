/** {@code xfrmctl watch} on a real kernel, beside somebody who takes its states and policies away, and scraped. */
@NullMarked
package org.xfrmctl.it.watch;

import org.jspecify.annotations.NullMarked;
