package org.xfrmctl.model.definition;

import java.util.Optional;

/**
 * An ESP suite under its swanctl name.
 *
 * @param name for example {@code aes128gcm16} or {@code aes256-sha256}
 * @param cipher the kernel's name of the cipher or AEAD
 * @param cipherKeyBytes its key, salt included
 * @param icvBits the length of the integrity value on the wire
 * @param integrity the kernel's name of the separate integrity algorithm; absent for an AEAD
 * @param integrityKeyBytes its key; 0 for an AEAD
 */
public record EspProposal(
        String name,
        String cipher,
        int cipherKeyBytes,
        int icvBits,
        Optional<String> integrity,
        int integrityKeyBytes) {

    /** The length of the secret that this suite takes, in bytes. */
    public int keyBytes() {
        return cipherKeyBytes + integrityKeyBytes;
    }
}
