/**
 * States and policies of {@code ip xfrm} into a draft: from what it prints, from scripts that call it, and from files for
 * {@code ip -batch}.
 *
 * <p>{@link org.xfrmctl.manager.migrate.ipxfrm.IpXfrmImport} is the way in. {@code TextReader} finds the objects, {@code Flows}
 * puts policies and states together that belong to one child, {@code FlowChild} says it in a definition's options, and {@code
 * Resemblance} compiles what has come of it and tells each difference, so that the list of what was not taken over is whole.
 */
@NullMarked
package org.xfrmctl.manager.migrate.ipxfrm;

import org.jspecify.annotations.NullMarked;
