package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.xfrmctl.model.Key;

/** A truncated HMAC over header, IV and text, and the upper half of an extended sequence number (RFC 4303, 2.2.1). */
final class IntegrityValue {
    private final Mac mac;
    private final int length;
    private final boolean esn;
    private final byte[] high = new byte[4];
    private final byte[] full;

    IntegrityValue(IntegrityAlgorithm algorithm, Key key, int length, boolean esn) throws GeneralSecurityException {
        this.mac = Mac.getInstance(algorithm.javaName());
        // HMAC pads short keys with zeros (RFC 2104), and JCA refuses empty ones: one zero byte is the same key.
        byte[] material = key.length() == 0 ? new byte[1] : key.toArray();
        mac.init(new SecretKeySpec(material, algorithm.javaName()));
        this.length = length;
        this.esn = esn;
        this.full = new byte[mac.getMacLength()];
    }

    int length() {
        return length;
    }

    void write(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        compute(array, start, end, sequence);
        System.arraycopy(full, 0, array, end, length);
    }

    /** Compares with what stands at {@code end}, in a time that does not depend on where they differ. */
    boolean matches(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        compute(array, start, end, sequence);
        int difference = 0;
        for (int i = 0; i < length; i++) {
            difference |= full[i] ^ array[end + i];
        }
        return difference == 0;
    }

    private void compute(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        mac.update(array, start, end - start);
        if (esn) {
            Words.putInt(high, 0, (int) (sequence >>> 32));
            mac.update(high);
        }
        mac.doFinal(full, 0);
    }
}
