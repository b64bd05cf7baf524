/** What the manager's tests share: children built with few words, random definitions, a kernel's tables in memory. */
@NullMarked
package org.xfrmctl.manager.testing;

import org.jspecify.annotations.NullMarked;
