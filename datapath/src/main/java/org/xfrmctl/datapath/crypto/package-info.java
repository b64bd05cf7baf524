/**
 * The ciphers of ESP over plain arrays: what a kernel algorithm name stands for, and encryption with integrity of one
 * state. Not for packet layout and padding: that is {@code org.xfrmctl.datapath.esp}. Start with
 * {@link org.xfrmctl.datapath.crypto.PacketCipher}. RFC 4106, 7634, 3602, 3686, 2404, 4868.
 */
@NullMarked
package org.xfrmctl.datapath.crypto;

import org.jspecify.annotations.NullMarked;
