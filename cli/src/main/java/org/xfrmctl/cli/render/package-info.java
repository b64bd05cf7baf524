/**
 * Text and JSON of what commands show; the same values go in for both. The words of {@code ip xfrm} are not here but in
 * {@code org.xfrmctl.netlink.text}. Read {@link org.xfrmctl.cli.render.CountersText} first.
 */
@NullMarked
package org.xfrmctl.cli.render;

import org.jspecify.annotations.NullMarked;
