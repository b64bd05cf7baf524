/**
 * IPComp with deflate (RFC 3173, RFC 2394): which payloads are compressed, and the bytes that result, exactly as Linux
 * 6.1 does both. Not for the CPI's state or the implied IPIP state: those belong to the SAD.
 */
@NullMarked
package org.xfrmctl.datapath.ipcomp;

import org.jspecify.annotations.NullMarked;
