/**
 * IPComp with deflate (RFC 3173, RFC 2394): which payloads are compressed, and the bytes that result, exactly as Linux
 * 6.1 does both. That takes a deflate of our own ({@link org.xfrmctl.datapath.ipcomp.Deflate}); inflating is the JDK's.
 * Not for the CPI's state or the implied IPIP state: those belong to the SAD. Start with {@link
 * org.xfrmctl.datapath.ipcomp.IpcompTransform}.
 */
@NullMarked
package org.xfrmctl.datapath.ipcomp;

import org.jspecify.annotations.NullMarked;
