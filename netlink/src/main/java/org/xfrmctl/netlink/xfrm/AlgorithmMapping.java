package org.xfrmctl.netlink.xfrm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Algorithm.Aead;
import org.xfrmctl.model.Algorithm.Authentication;
import org.xfrmctl.model.Algorithm.Compression;
import org.xfrmctl.model.Algorithm.Encryption;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmAlgo;
import org.xfrmctl.netlink.uapi.XfrmAlgoAead;
import org.xfrmctl.netlink.uapi.XfrmAlgoAuth;
import org.xfrmctl.netlink.uapi.Xfrma;

/** The five {@code XFRMA_ALG_*} attributes; keys are copied out of and into the message and nowhere else. */
public final class AlgorithmMapping {
    private static final int LONGEST_NAME = 63;

    private AlgorithmMapping() {}

    /**
     * The algorithms in the order in which a kernel dumps them. Kernels send integrity twice, as ALG_AUTH and as
     * ALG_AUTH_TRUNC; it comes out once, with the length of the latter.
     */
    public static List<Algorithm> read(Attributes attributes) {
        List<Algorithm> algorithms = new ArrayList<>();
        attributes.find(Xfrma.ALG_AEAD).map(AlgorithmMapping::aead).ifPresent(algorithms::add);
        attributes
                .find(Xfrma.ALG_AUTH_TRUNC)
                .map(AlgorithmMapping::authTrunc)
                .or(() -> attributes.find(Xfrma.ALG_AUTH).map(AlgorithmMapping::auth))
                .ifPresent(algorithms::add);
        attributes.find(Xfrma.ALG_CRYPT).map(AlgorithmMapping::crypt).ifPresent(algorithms::add);
        attributes.find(Xfrma.ALG_COMP).map(AlgorithmMapping::comp).ifPresent(algorithms::add);
        return algorithms;
    }

    private static Algorithm aead(Attribute attribute) {
        XfrmAlgoAead raw = attribute.struct(XfrmAlgoAead.CODEC);
        return new Aead(
                name(raw.algName()), key(attribute, XfrmAlgoAead.CODEC.size(), raw.algKeyLen()), raw.algIcvLen());
    }

    private static Algorithm authTrunc(Attribute attribute) {
        XfrmAlgoAuth raw = attribute.struct(XfrmAlgoAuth.CODEC);
        return new Authentication(
                name(raw.algName()), key(attribute, XfrmAlgoAuth.CODEC.size(), raw.algKeyLen()), raw.algTruncLen());
    }

    private static Algorithm auth(Attribute attribute) {
        XfrmAlgo raw = attribute.struct(XfrmAlgo.CODEC);
        return new Authentication(name(raw.algName()), key(attribute, XfrmAlgo.CODEC.size(), raw.algKeyLen()), 0);
    }

    private static Algorithm crypt(Attribute attribute) {
        XfrmAlgo raw = attribute.struct(XfrmAlgo.CODEC);
        return new Encryption(name(raw.algName()), key(attribute, XfrmAlgo.CODEC.size(), raw.algKeyLen()));
    }

    private static Algorithm comp(Attribute attribute) {
        XfrmAlgo raw = attribute.struct(XfrmAlgo.CODEC);
        return new Compression(name(raw.algName()), key(attribute, XfrmAlgo.CODEC.size(), raw.algKeyLen()));
    }

    /** A kernel takes a name without an end for one that has it in the last of its 64 bytes ({@code verify_one_alg()}). */
    private static String name(String raw) {
        return raw.length() > LONGEST_NAME ? raw.substring(0, LONGEST_NAME) : raw;
    }

    private static Key key(Attribute attribute, int from, int bits) {
        int length = (int) ((Integer.toUnsignedLong(bits) + 7) / 8);
        byte[] material = attribute.bytes(from, length);
        Key key = Key.of(material, bits);
        Arrays.fill(material, (byte) 0);
        return key;
    }

    /**
     * As a kernel dumps them: integrity in both attributes ({@code copy_to_user_state_extra()}). A kernel always knows
     * the length; a state that leaves it open has no attribute for it.
     */
    static void writeDump(XfrmState state, MessageWriter out) {
        state.algorithm(Aead.class).ifPresent(aead -> write(aead, out));
        state.algorithm(Authentication.class).ifPresent(auth -> {
            writeAlgo(Xfrma.ALG_AUTH, auth.name(), auth.key(), out);
            if (auth.truncationBits() != 0) {
                writeAuthTrunc(auth, out);
            }
        });
        writeRest(state, out);
    }

    /** As a request states them: integrity in one attribute, whichever says what is wanted. */
    static void writeRequest(XfrmState state, MessageWriter out) {
        state.algorithm(Aead.class).ifPresent(aead -> write(aead, out));
        Optional<Authentication> integrity = state.algorithm(Authentication.class);
        integrity
                .filter(auth -> auth.truncationBits() == 0)
                .ifPresent(auth -> writeAlgo(Xfrma.ALG_AUTH, auth.name(), auth.key(), out));
        integrity.filter(auth -> auth.truncationBits() != 0).ifPresent(auth -> writeAuthTrunc(auth, out));
        writeRest(state, out);
    }

    private static void writeRest(XfrmState state, MessageWriter out) {
        state.algorithm(Encryption.class)
                .ifPresent(cipher -> writeAlgo(Xfrma.ALG_CRYPT, cipher.name(), cipher.key(), out));
        state.algorithm(Compression.class)
                .ifPresent(compressor -> writeAlgo(Xfrma.ALG_COMP, compressor.name(), compressor.key(), out));
    }

    private static void write(Aead aead, MessageWriter out) {
        XfrmAlgoAead raw = new XfrmAlgoAead(aead.name(), aead.key().bits(), aead.icvBits());
        byte[] material = aead.key().toArray();
        out.attribute(Xfrma.ALG_AEAD, XfrmAlgoAead.CODEC, raw, material);
        Arrays.fill(material, (byte) 0);
    }

    private static void writeAuthTrunc(Authentication auth, MessageWriter out) {
        XfrmAlgoAuth raw = new XfrmAlgoAuth(auth.name(), auth.key().bits(), auth.truncationBits());
        byte[] material = auth.key().toArray();
        out.attribute(Xfrma.ALG_AUTH_TRUNC, XfrmAlgoAuth.CODEC, raw, material);
        Arrays.fill(material, (byte) 0);
    }

    private static void writeAlgo(int type, String name, Key key, MessageWriter out) {
        byte[] material = key.toArray();
        out.attribute(type, XfrmAlgo.CODEC, new XfrmAlgo(name, key.bits()), material);
        Arrays.fill(material, (byte) 0);
    }
}
