/**
 * AH packets (RFC 4302): the header, and the integrity value over a whole packet but for what routers may change. Not for
 * replay windows and outer headers. Start with {@link org.xfrmctl.datapath.ah.AhTransform}.
 */
@NullMarked
package org.xfrmctl.datapath.ah;

import org.jspecify.annotations.NullMarked;
