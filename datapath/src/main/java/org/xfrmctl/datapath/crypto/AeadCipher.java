package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.xfrmctl.model.Key;

/** AES-GCM and ChaCha20-Poly1305 with the whole integrity value or, for GCM, 12 bytes of it. */
final class AeadCipher extends CombinedCipher {
    private final Cipher cipher;
    private final boolean gcm;
    /** What is decrypted: in place JCA would allocate, for each packet, as much as the whole array. */
    private byte[] sealed = new byte[2048];
    /** The nonce of ChaCha20's packet before. */
    private final byte[] last = new byte[12];

    AeadCipher(AeadAlgorithm algorithm, Key keyAndSalt, int icv, boolean esn, IvGenerator ivs)
            throws GeneralSecurityException {
        super(algorithm, keyAndSalt, icv, esn, ivs);
        this.gcm = algorithm == AeadAlgorithm.AES_GCM;
        this.cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
    }

    @Override
    void encrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        begin(Cipher.ENCRYPT_MODE, array, start, sequence);
        int text = start + ESP_HEADER + IV;
        cipher.doFinal(array, text, end - text, array, text);
    }

    @Override
    boolean decrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        if (!gcm && Arrays.equals(nonce, last)) {
            // JCA's ChaCha20 refuses to work twice in a row under one nonce, which a repeated packet would make it do.
            // Another nonce in between makes it forget.
            nonce[0] ^= 1;
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce));
            nonce[0] ^= 1;
        }
        begin(Cipher.DECRYPT_MODE, array, start, sequence);
        int text = start + ESP_HEADER + IV;
        int length = end + icvLength() - text;
        if (length > sealed.length) {
            sealed = new byte[length];
        }
        System.arraycopy(array, text, sealed, 0, length);
        cipher.doFinal(sealed, 0, length, array, text);
        return true;
    }

    private void begin(int mode, byte[] array, int start, long sequence) throws GeneralSecurityException {
        if (gcm) {
            cipher.init(mode, key, new GCMParameterSpec(icvLength() * 8, nonce));
        } else {
            cipher.init(mode, key, new IvParameterSpec(nonce));
            System.arraycopy(nonce, 0, last, 0, last.length);
        }
        associated.add(cipher, array, start, sequence);
    }
}
