/**
 * Headers as views over a {@link org.xfrmctl.datapath.PacketBuffer}, and the small values read through them. A view
 * checks the length once, in its {@code read}; after that its accessors cannot fail. A view is tied to an offset from
 * the packet's start: take a new one after the start has moved. Start with {@link IpHeader} and {@link Flow}. RFC 791,
 * 8200, 792, 4443, 768, 9293, 1071.
 */
@NullMarked
package org.xfrmctl.datapath.wire;

import org.jspecify.annotations.NullMarked;
