package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.xfrmctl.model.Key;

/** AES-GMAC: the text stays readable and is authenticated with the header and the IV (RFC 4543, section 3). */
final class GmacCipher extends CombinedCipher {
    private static final int ICV = 16;

    private final Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");

    GmacCipher(Key keyAndSalt, boolean esn, IvGenerator ivs) throws GeneralSecurityException {
        super(AeadAlgorithm.AES_GMAC, keyAndSalt, ICV, esn, ivs);
    }

    @Override
    void encrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        authenticate(Cipher.ENCRYPT_MODE, array, start, end, sequence);
        gcm.doFinal(array, end, 0, array, end);
    }

    @Override
    boolean decrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException {
        authenticate(Cipher.DECRYPT_MODE, array, start, end, sequence);
        gcm.doFinal(array, end, ICV, array, end);
        return true;
    }

    private void authenticate(int mode, byte[] array, int start, int end, long sequence)
            throws GeneralSecurityException {
        gcm.init(mode, key, new GCMParameterSpec(ICV * 8, nonce));
        associated.add(gcm, array, start, sequence);
        int iv = start + ESP_HEADER;
        gcm.updateAAD(array, iv, end - iv);
    }
}
