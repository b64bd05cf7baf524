/**
 * What exists in an XFRM kernel, as immutable values: states, policies, selectors, templates, algorithms, counters.
 *
 * <p>Nothing here does I/O, reads a clock or logs. Numbers that the kernel treats as unsigned (SPI, reqid, marks, 64-bit
 * counters) are kept as raw bits and printed unsigned. Read {@link org.xfrmctl.model.XfrmState} first, then
 * {@link org.xfrmctl.model.XfrmPolicy}. Sources: {@code include/uapi/linux/xfrm.h}, RFC 4301, RFC 4303, RFC 3173.
 */
@NullMarked
package org.xfrmctl.model;

import org.jspecify.annotations.NullMarked;
