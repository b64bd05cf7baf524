package org.xfrmctl.bench;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-128-GCM of the JDK with nothing around it: the least that a packet of ESP can cost in Java. */
final class BareCipher {
    private static final int HEADER = 8;
    private static final int NONCE = 12;
    private static final int TAG = 16;

    private final SecretKeySpec key = new SecretKeySpec(Samples.bytes(16), "AES");
    private final byte[] nonce = new byte[NONCE];
    private final byte[] header = new byte[HEADER];
    private final byte[] clear;
    private final byte[] sealed;
    private final Cipher cipher;

    /** For as many bytes as ESP encrypts of such a payload: with pad length and next header a multiple of 4. */
    static BareCipher of(int payload) {
        try {
            return new BareCipher((payload + 2 + 3) / 4 * 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks AES-GCM", e);
        }
    }

    private BareCipher(int length) throws GeneralSecurityException {
        clear = Samples.text(length);
        sealed = new byte[clear.length + TAG];
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
        seal();
    }

    int seal() throws GeneralSecurityException {
        for (int at = NONCE - 1; ++nonce[at] == 0; at--) {
            // carries on
        }
        begin(Cipher.ENCRYPT_MODE);
        return cipher.doFinal(clear, 0, clear.length, sealed, 0);
    }

    /** Opens what was sealed last. */
    int open() throws GeneralSecurityException {
        begin(Cipher.DECRYPT_MODE);
        return cipher.doFinal(sealed, 0, sealed.length, clear, 0);
    }

    private void begin(int mode) throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(TAG * 8, nonce));
        cipher.updateAAD(header);
    }
}
