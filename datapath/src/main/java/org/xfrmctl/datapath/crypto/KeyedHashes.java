package org.xfrmctl.datapath.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.RIPEMD160Digest;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.xfrmctl.model.Key;

/** Which code computes which keyed hash: the JDK's where it has one. */
final class KeyedHashes {
    private KeyedHashes() {}

    static KeyedHash of(IntegrityAlgorithm algorithm, Key key) throws GeneralSecurityException {
        return switch (algorithm) {
            case NONE -> new None();
            case MD5 -> jdk("HmacMD5", key);
            case SHA1 -> jdk("HmacSHA1", key);
            case SHA256 -> jdk("HmacSHA256", key);
            case SHA384 -> jdk("HmacSHA384", key);
            case SHA512 -> jdk("HmacSHA512", key);
            case RMD160 -> engine(new RIPEMD160Digest(), key);
            case SM3 -> engine(new SM3Digest(), key);
            case AES_XCBC -> BlockMac.xcbc(key);
            case AES_CMAC -> BlockMac.cmac(key);
        };
    }

    private static KeyedHash jdk(String name, Key key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(name);
        // HMAC pads short keys with zeros (RFC 2104), and JCA refuses empty ones: one zero byte is the same key.
        byte[] material = key.length() == 0 ? new byte[1] : key.toArray();
        mac.init(new SecretKeySpec(material, name));
        return new JdkMac(mac);
    }

    private static KeyedHash engine(Digest digest, Key key) {
        HMac mac = new HMac(digest);
        mac.init(new KeyParameter(key.toArray()));
        return new EngineMac(mac);
    }

    /** {@code digest_null}: a state that says it is protected and is not. */
    private record None() implements KeyedHash {
        @Override
        public int length() {
            return 0;
        }

        @Override
        public void update(byte[] array, int offset, int count) {}

        @Override
        public void finish(byte[] value) {}
    }

    private record JdkMac(Mac mac) implements KeyedHash {
        @Override
        public int length() {
            return mac.getMacLength();
        }

        @Override
        public void update(byte[] array, int offset, int count) {
            mac.update(array, offset, count);
        }

        @Override
        public void finish(byte[] value) throws GeneralSecurityException {
            mac.doFinal(value, 0);
        }
    }

    private record EngineMac(HMac mac) implements KeyedHash {
        @Override
        public int length() {
            return mac.getMacSize();
        }

        @Override
        public void update(byte[] array, int offset, int count) {
            mac.update(array, offset, count);
        }

        @Override
        public void finish(byte[] value) {
            mac.doFinal(value, 0);
        }
    }
}
