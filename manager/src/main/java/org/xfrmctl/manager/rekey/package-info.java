/** When the old states of a rekey may go: {@link org.xfrmctl.manager.rekey.Drain}. Its changes are planned in {@code plan}. */
@NullMarked
package org.xfrmctl.manager.rekey;

import org.jspecify.annotations.NullMarked;
