/**
 * When a rekey may go on: {@link org.xfrmctl.manager.rekey.Drain} for keys that are written down, {@link
 * org.xfrmctl.manager.rekey.EpochChoice} for derived ones. What changes is planned in {@code plan}.
 */
@NullMarked
package org.xfrmctl.manager.rekey;

import org.jspecify.annotations.NullMarked;
