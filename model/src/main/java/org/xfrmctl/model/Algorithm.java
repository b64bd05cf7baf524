package org.xfrmctl.model;

/** An algorithm of a state under its kernel name, for example {@code rfc4106(gcm(aes))}. */
public sealed interface Algorithm {
    String name();

    Key key();

    /** Encryption and integrity in one; the key ends with the salt ({@code XFRMA_ALG_AEAD}). */
    record Aead(String name, Key key, int icvBits) implements Algorithm {}

    /** A cipher without integrity ({@code XFRMA_ALG_CRYPT}). */
    record Encryption(String name, Key key) implements Algorithm {}

    /**
     * Integrity alone. {@code truncationBits} 0 leaves the length to the kernel's default ({@code XFRMA_ALG_AUTH});
     * otherwise it is stated ({@code XFRMA_ALG_AUTH_TRUNC}).
     */
    record Authentication(String name, Key key, int truncationBits) implements Algorithm {}

    /** IPComp's compressor ({@code XFRMA_ALG_COMP}). The key is empty everywhere but in odd requests. */
    record Compression(String name, Key key) implements Algorithm {
        public static final Compression DEFLATE = new Compression("deflate", Key.EMPTY);
    }
}
