package org.xfrmctl.datapath.crypto;

import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.BAD_ICV_LENGTH;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.BAD_KEY_LENGTH;
import static org.xfrmctl.datapath.crypto.UnsupportedAlgorithmException.Reason.UNKNOWN_ALGORITHM;

import java.security.GeneralSecurityException;
import org.xfrmctl.model.Algorithm.Authentication;

/**
 * The truncated keyed hash of one state's packets. The message is given piece by piece; the upper half of an extended
 * sequence number comes last (RFC 4303, section 2.2.1; RFC 4302, section 2.5.1). Not safe for several threads.
 */
public final class IntegrityValue {
    private final KeyedHash hash;
    private final int length;
    private final boolean esn;
    private final byte[] high = new byte[4];
    private final byte[] full;

    private IntegrityValue(KeyedHash hash, int length, boolean esn) {
        this.hash = hash;
        this.length = length;
        this.esn = esn;
        this.full = new byte[hash.length()];
    }

    /**
     * Keys the hash of a state.
     *
     * @throws UnsupportedAlgorithmException as the kernel would refuse the state
     */
    public static IntegrityValue of(Authentication stated, boolean esn) {
        String name = stated.name();
        IntegrityAlgorithm algorithm = IntegrityAlgorithm.of(name)
                .orElseThrow(
                        () -> new UnsupportedAlgorithmException(UNKNOWN_ALGORITHM, "no algorithm is called " + name));
        if (!algorithm.acceptsKeyLength(stated.key().length())) {
            throw new UnsupportedAlgorithmException(BAD_KEY_LENGTH, name + " takes no key of this length");
        }
        if (Integer.compareUnsigned(stated.truncationBits(), algorithm.fullBits()) > 0) {
            String message = name + " cannot be truncated to " + stated.truncationBits() + " bits";
            throw new UnsupportedAlgorithmException(BAD_ICV_LENGTH, message);
        }
        try {
            return new IntegrityValue(KeyedHashes.of(algorithm, stated.key()), lengthOf(stated), esn);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks an algorithm", e);
        }
    }

    /** The bytes on the wire; 0 for an unknown algorithm. What is no whole byte is cut off, as in the kernel. */
    public static int lengthOf(Authentication stated) {
        int bits = stated.truncationBits();
        if (bits == 0) {
            bits = IntegrityAlgorithm.of(stated.name())
                    .map(IntegrityAlgorithm::defaultBits)
                    .orElse(0);
        }
        return bits / 8;
    }

    /** The length on the wire. */
    public int length() {
        return length;
    }

    /** The length that the value would have untruncated. */
    public int fullLength() {
        return full.length;
    }

    /** Adds a piece of the message. */
    public void update(byte[] array, int offset, int count) {
        try {
            hash.update(array, offset, count);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the hash refuses data", e);
        }
    }

    /** Ends the message and writes the value at {@code at}. */
    public void write(byte[] array, int at, long sequence) {
        finish(sequence);
        System.arraycopy(full, 0, array, at, length);
    }

    /** Ends the message and compares with what stands at {@code at}, in a time that does not depend on where they differ. */
    public boolean matches(byte[] array, int at, long sequence) {
        finish(sequence);
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= full[i] ^ array[at + i];
        }
        return difference == 0;
    }

    private void finish(long sequence) {
        if (esn) {
            Words.putInt(high, 0, (int) (sequence >>> 32));
            update(high, 0, high.length);
        }
        try {
            hash.finish(full);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the hash refuses to end", e);
        }
    }
}
