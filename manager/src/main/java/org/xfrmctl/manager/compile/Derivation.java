package org.xfrmctl.manager.compile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.xfrmctl.model.Cpi;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.definition.Child;

/**
 * An SA's SPI, CPI and key from a secret: HKDF with SHA-256 (RFC 5869). The info names whatever tells SAs apart: source and
 * destination, the child, the suite and the epoch. So both ends get the same, and no two SAs the same key. A CPI is the
 * child's in every epoch: there is no key that would have to change, and there are only some 60,000 of them.
 *
 * <p>What this does not give: whoever learns the secret reads all that was ever sent (no forward secrecy), and the ends know
 * each other by it alone. RFC 8221, section 3, warns of static keys for that reason.
 */
public final class Derivation {
    private static final String HASH = "HmacSHA256";
    private static final int HASH_BYTES = 32;
    /** In the place of an epoch: what lasts as long as the child. */
    private static final long ALWAYS = 0;

    private static final byte[] SALT = "xfrmctl derived SA, version 2".getBytes(UTF_8);

    private Derivation() {}

    /** The ESP state by which a child receives in an epoch. */
    public static SaId inbound(Key secret, Child child, long epoch) {
        return id(secret, child, child.endpoints().remote(), child.endpoints().local(), epoch);
    }

    /** The ESP state by which a child sends in an epoch. */
    public static SaId outbound(Key secret, Child child, long epoch) {
        return id(secret, child, child.endpoints().local(), child.endpoints().remote(), epoch);
    }

    private static SaId id(Key secret, Child child, IpAddress source, IpAddress destination, long epoch) {
        Sa sa = derive(secret, child, source, destination, epoch);
        sa.key().close();
        return new SaId(destination, sa.spi(), IpProtocol.ESP);
    }

    /** Packets from {@code source} to {@code destination} in an epoch, as ESP sees them: without a CPI. */
    static Sa derive(Key secret, Child child, IpAddress source, IpAddress destination, long epoch) {
        byte[] info = info(child, source, destination, epoch);
        int keyBytes = child.transform().esp().keyBytes();
        byte[] material = hkdf(secret.toArray(), SALT, info, Integer.BYTES + keyBytes);
        Spi spi = spi(ByteBuffer.wrap(material).getInt());
        Key key = Key.of(Arrays.copyOfRange(material, Integer.BYTES, material.length));
        Arrays.fill(material, (byte) 0);
        return new Sa(spi, Optional.empty(), key);
    }

    /** As above, with the CPI of those packets if they are compressed. */
    static Sa deriveWhole(Key secret, Child child, IpAddress source, IpAddress destination, long epoch) {
        Sa sa = derive(secret, child, source, destination, epoch);
        if (!child.transform().ipcomp()) {
            return sa;
        }
        byte[] material = hkdf(secret.toArray(), SALT, info(child, source, destination, ALWAYS), Integer.BYTES);
        return new Sa(sa.spi(), Optional.of(cpi(ByteBuffer.wrap(material).getInt())), sa.key());
    }

    /** Each part behind its length, so that no two infos are the same by chance. */
    private static byte[] info(Child child, IpAddress source, IpAddress destination, long epoch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(source.toString());
            out.writeUTF(destination.toString());
            out.writeUTF(child.name().toString());
            out.writeUTF(child.transform().esp().name());
            out.writeLong(epoch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** 0 to 255 are reserved (RFC 4303, section 2.1). */
    private static Spi spi(int random) {
        return new Spi(random >>> 8 == 0 ? random | 0x100 : random);
    }

    private static Cpi cpi(int random) {
        return new Cpi(Cpi.LOWEST + Integer.remainderUnsigned(random, Cpi.HIGHEST - Cpi.LOWEST + 1));
    }

    /** Wipes {@code secret}. */
    static byte[] hkdf(byte[] secret, byte[] salt, byte[] info, int length) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(new SecretKeySpec(salt, HASH));
            byte[] pseudoRandom = mac.doFinal(secret);
            mac.init(new SecretKeySpec(pseudoRandom, HASH));
            byte[] output = new byte[length];
            byte[] block = new byte[0];
            for (int at = 0; at < length; at += HASH_BYTES) {
                mac.update(block);
                mac.update(info);
                mac.update((byte) (at / HASH_BYTES + 1));
                block = mac.doFinal();
                System.arraycopy(block, 0, output, at, Math.min(HASH_BYTES, length - at));
            }
            Arrays.fill(pseudoRandom, (byte) 0);
            Arrays.fill(block, (byte) 0);
            return output;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HASH, e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
