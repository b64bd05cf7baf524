/**
 * The ciphers of ESP and the keyed hashes of ESP and AH over plain arrays: what a kernel algorithm name stands for, and
 * encryption with integrity of one state. Not for packet layout and padding: that is {@code org.xfrmctl.datapath.esp}. Start with
 * {@link org.xfrmctl.datapath.crypto.PacketCipher}. RFC 4106, 4309, 4543, 7634,
 * 3602, 3686, 2451, 4312, 2404, 4868, 3566, 4494.
 */
@NullMarked
package org.xfrmctl.datapath.crypto;

import org.jspecify.annotations.NullMarked;
