package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.xfrmctl.model.Key;

/**
 * What the combined modes have in common (RFC 4106, sections 3 to 5; RFC 4309, sections 3 to 5; RFC 7634,
 * section 2): the nonce is the state's salt
 * and the packet's IV, and SPI and sequence number are authenticated with the text.
 */
abstract class CombinedCipher implements PacketCipher {
    static final int IV = 8;
    private static final int BLOCK = 4;

    final SecretKey key;
    final AssociatedData associated;
    /** Of the packet at hand; the salt at its front stays. */
    final byte[] nonce;

    private final int icv;
    private final IvGenerator ivs;

    CombinedCipher(AeadAlgorithm algorithm, Key keyAndSalt, int icv, boolean esn, IvGenerator ivs) {
        String name = algorithm == AeadAlgorithm.CHACHA20_POLY1305 ? "ChaCha20" : "AES";
        this.key = new SecretKeySpec(algorithm.keyWithoutSalt(keyAndSalt).toArray(), name);
        byte[] salt = algorithm.salt(keyAndSalt).toArray();
        this.nonce = Arrays.copyOf(salt, salt.length + IV);
        this.icv = icv;
        this.ivs = ivs;
        this.associated = new AssociatedData(esn);
    }

    @Override
    public final int ivLength() {
        return IV;
    }

    @Override
    public final int blockSize() {
        return BLOCK;
    }

    @Override
    public final int icvLength() {
        return icv;
    }

    @Override
    public final void seal(byte[] array, int start, int end, long sequence) {
        ivs.write(array, start + ESP_HEADER, IV, sequence);
        takeNonce(array, start);
        try {
            encrypt(array, start, end, sequence);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(key.getAlgorithm() + " refuses to encrypt", e);
        }
    }

    @Override
    public final Opened open(byte[] array, int start, int end, long sequence) {
        takeNonce(array, start);
        try {
            return decrypt(array, start, end, sequence) ? Opened.GENUINE : Opened.FORGED;
        } catch (AEADBadTagException e) {
            return Opened.FORGED;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(key.getAlgorithm() + " refuses to decrypt", e);
        }
    }

    private void takeNonce(byte[] array, int start) {
        System.arraycopy(array, start + ESP_HEADER, nonce, nonce.length - IV, IV);
    }

    /** Encrypts the text and writes the integrity value behind it; IV and {@link #nonce} are in place. */
    abstract void encrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException;

    /** Decrypts the text; whether the integrity value behind it is right, which may also be told by throwing. */
    abstract boolean decrypt(byte[] array, int start, int end, long sequence) throws GeneralSecurityException;
}
