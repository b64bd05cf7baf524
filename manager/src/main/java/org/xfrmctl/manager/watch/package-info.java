/** Keeps children where their last run brought them: {@link org.xfrmctl.manager.watch.Keeper}. */
@NullMarked
package org.xfrmctl.manager.watch;

import org.jspecify.annotations.NullMarked;
