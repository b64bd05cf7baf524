package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.xfrmctl.model.Key;

/** AES-GCM and ChaCha20-Poly1305 with the whole integrity value or, for GCM, 12 bytes of it. */
final class AeadCipher extends CombinedCipher {
    private final Cipher cipher;
    private final boolean gcm;

    AeadCipher(AeadAlgorithm algorithm, Key keyAndSalt, int icv, boolean esn, IvGenerator ivs)
            throws GeneralSecurityException {
        super(algorithm, keyAndSalt, icv, esn, ivs);
        this.gcm = algorithm == AeadAlgorithm.AES_GCM;
        this.cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
    }

    @Override
    void encrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        run(Cipher.ENCRYPT_MODE, array, start, end, sequence);
    }

    @Override
    boolean decrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        if (!gcm) {
            // JCA's ChaCha20 refuses to decrypt twice in a row under one nonce, which a repeated packet would make it
            // do. Another nonce in between makes it forget.
            nonce[0] ^= 1;
            cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(nonce));
            nonce[0] ^= 1;
        }
        run(Cipher.DECRYPT_MODE, array, start, end + icvLength(), sequence);
        return true;
    }

    private void run(int mode, byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        AlgorithmParameterSpec parameters =
                gcm ? new GCMParameterSpec(icvLength() * 8, nonce) : new IvParameterSpec(nonce);
        cipher.init(mode, key, parameters);
        associated.add(cipher, array, start, sequence);
        int text = start + ESP_HEADER + IV;
        cipher.doFinal(array, text, end - text, array, text);
    }
}
