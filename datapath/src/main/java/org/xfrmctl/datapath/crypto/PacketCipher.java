package org.xfrmctl.datapath.crypto;

/**
 * Encryption and integrity of one ESP state, in place. A packet here is the 8-byte ESP header, the IV, the text and the
 * integrity value, one behind the other. One object holds the keyed engines and serves one direction of one state; not
 * safe for several threads.
 */
public interface PacketCipher {
    /** SPI and sequence number. */
    int ESP_HEADER = 8;

    /** How the opening of a packet ended. */
    enum Opened {
        GENUINE,
        FORGED,
        /** The text is no multiple of the cipher's block, although its integrity value is right. */
        MALFORMED
    }

    int ivLength();

    /** What the length of the text must be a multiple of, at least 4 (RFC 4303, section 2.4). */
    int blockSize();

    int icvLength();

    /**
     * Writes the IV, encrypts the text behind it and writes the integrity value behind that.
     *
     * @param start where the finished ESP header stands
     * @param end where the text ends; {@link #icvLength()} bytes must follow
     * @param sequence all 64 bits; the upper half is 0 without extended sequence numbers
     */
    void seal(byte[] array, int start, int end, long sequence);

    /**
     * Checks the integrity value and decrypts the text. Unless the outcome is {@link Opened#GENUINE} the text is
     * worthless afterwards.
     *
     * @param end where the text ends and the integrity value begins
     */
    Opened open(byte[] array, int start, int end, long sequence);
}
