package org.xfrmctl.datapath.kernel;

import static org.xfrmctl.datapath.kernel.RequestRefusedException.invalid;

import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.StateFlag;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.uapi.XfrmSelector;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * Whether NEWSA or UPDSA makes sense on its face ({@code verify_newsa_info()}): families, the attributes that each
 * protocol needs or forbids, lengths, replay window and mode. The first thing wrong decides the answer.
 */
final class StateChecks {
    private static final int MAX_BITMAP_WORDS = 128;
    private static final int ESN_HEAD = 24;

    private final XfrmUsersaInfo info;
    private final Attributes attributes;

    private StateChecks(XfrmUsersaInfo info, Attributes attributes) {
        this.info = info;
        this.attributes = attributes;
    }

    static void check(XfrmUsersaInfo info, Attributes attributes) {
        StateChecks checks = new StateChecks(info, attributes);
        checks.families();
        checks.protocol();
        checks.keyLengths();
        SelectorChecks.checkLabel(attributes);
        checks.replay();
        checks.mode();
        if (attributes.has(Xfrma.MTIMER_THRESH) && !attributes.has(Xfrma.ENCAP)) {
            throw invalid("MTIMER_THRESH attribute can only be set on ENCAP states");
        }
    }

    /** The selector's family with what it inherits: without one, the state's, unless the flag af-unspec says "any". */
    static short selectorFamily(XfrmUsersaInfo info) {
        XfrmSelector selector = info.sel();
        return selector.family() == 0 && (info.flags() & StateFlag.AF_UNSPEC.bit()) == 0
                ? info.family()
                : selector.family();
    }

    private void families() {
        if (info.family() != Family.INET.number() && info.family() != Family.INET6.number()) {
            throw invalid("Invalid address family");
        }
        short family = selectorFamily(info);
        if (family == Family.INET.number() || family == Family.INET6.number()) {
            SelectorChecks.checkPrefixes(info.sel(), family == Family.INET.number());
        } else if (family != Family.UNSPEC.number()) {
            throw invalid("Invalid address family in selector");
        }
    }

    private void protocol() {
        IpProtocol protocol = new IpProtocol(Byte.toUnsignedInt(info.id().proto()));
        if (protocol.equals(IpProtocol.AH)) {
            authenticationHeader();
        } else if (protocol.equals(IpProtocol.ESP)) {
            encapsulatingPayload();
        } else if (protocol.equals(IpProtocol.COMP)) {
            compression();
        } else if (protocol.equals(IpProtocol.DSTOPTS) || protocol.equals(IpProtocol.ROUTING)) {
            mobility();
        } else {
            throw invalid("Unsupported protocol");
        }
    }

    private void authenticationHeader() {
        if (!any(Xfrma.ALG_AUTH, Xfrma.ALG_AUTH_TRUNC)) {
            throw invalid("Missing required attribute for AH: AUTH_TRUNC or AUTH");
        }
        if (any(Xfrma.ALG_AEAD, Xfrma.ALG_CRYPT, Xfrma.ALG_COMP, Xfrma.TFCPAD)) {
            throw invalid("Invalid attributes for AH: AEAD, CRYPT, COMP, TFCPAD");
        }
    }

    private void encapsulatingPayload() {
        if (any(Xfrma.ALG_COMP)) {
            throw invalid("Invalid attribute for ESP: COMP");
        }
        if (!any(Xfrma.ALG_AUTH, Xfrma.ALG_AUTH_TRUNC, Xfrma.ALG_CRYPT, Xfrma.ALG_AEAD)) {
            throw invalid("Missing required attribute for ESP: at least one of AUTH, AUTH_TRUNC, CRYPT, AEAD");
        }
        if (any(Xfrma.ALG_AEAD) && any(Xfrma.ALG_AUTH, Xfrma.ALG_AUTH_TRUNC, Xfrma.ALG_CRYPT)) {
            throw invalid("Invalid attribute combination for ESP: AEAD can't be used with AUTH, AUTH_TRUNC, CRYPT");
        }
        if (any(Xfrma.TFCPAD) && info.mode() != Mode.TUNNEL.number()) {
            throw invalid("TFC padding can only be used in tunnel mode");
        }
    }

    private void compression() {
        if (!any(Xfrma.ALG_COMP)) {
            throw invalid("Missing required attribute for COMP: COMP");
        }
        if (any(Xfrma.ALG_AEAD, Xfrma.ALG_AUTH, Xfrma.ALG_AUTH_TRUNC, Xfrma.ALG_CRYPT, Xfrma.TFCPAD)) {
            throw invalid("Invalid attributes for COMP: AEAD, AUTH, AUTH_TRUNC, CRYPT, TFCPAD");
        }
        if (Integer.compareUnsigned(info.id().spi(), 0x10000) >= 0) {
            throw invalid("SPI is too large for COMP (must be < 0x10000)");
        }
    }

    /** Mobile IPv6 (RFC 6275). */
    private void mobility() {
        if (any(
                Xfrma.ALG_COMP,
                Xfrma.ALG_AUTH,
                Xfrma.ALG_AUTH_TRUNC,
                Xfrma.ALG_AEAD,
                Xfrma.ALG_CRYPT,
                Xfrma.ENCAP,
                Xfrma.SEC_CTX,
                Xfrma.TFCPAD)) {
            throw invalid("Invalid attributes for DSTOPTS/ROUTING");
        }
        if (!any(Xfrma.COADDR)) {
            throw invalid("Missing required COADDR attribute for DSTOPTS/ROUTING");
        }
    }

    private void keyLengths() {
        keyFits(Xfrma.ALG_AEAD, 72, "Invalid AEAD attribute length");
        keyFits(Xfrma.ALG_AUTH_TRUNC, 72, "Invalid AUTH_TRUNC attribute length");
        keyFits(Xfrma.ALG_AUTH, 68, "Invalid AUTH/CRYPT/COMP attribute length");
        keyFits(Xfrma.ALG_CRYPT, 68, "Invalid AUTH/CRYPT/COMP attribute length");
        keyFits(Xfrma.ALG_COMP, 68, "Invalid AUTH/CRYPT/COMP attribute length");
    }

    /** The key's length in bits stands behind the name; the key itself at {@code head}. */
    private void keyFits(int type, int head, String text) {
        if (any(type)) {
            Attribute attribute = attributes.find(type).orElseThrow();
            long bits = Integer.toUnsignedLong(attribute.payload().getInt(64));
            if (attribute.length() < head + (bits + 7) / 8) {
                throw invalid(text);
            }
        }
    }

    private void replay() {
        if (!any(Xfrma.REPLAY_ESN_VAL)) {
            if ((info.flags() & StateFlag.ESN.bit()) != 0) {
                throw invalid("Missing required attribute for ESN");
            }
            return;
        }
        Attribute attribute = attributes.find(Xfrma.REPLAY_ESN_VAL).orElseThrow();
        int words = attribute.u32();
        if (Integer.compareUnsigned(words, MAX_BITMAP_WORDS) > 0) {
            throw invalid("ESN bitmap length must be <= " + MAX_BITMAP_WORDS);
        }
        if (attribute.length() < ESN_HEAD + 4 * words && attribute.length() != ESN_HEAD) {
            throw invalid("ESN attribute is too short to fit the full bitmap length");
        }
        int protocol = Byte.toUnsignedInt(info.id().proto());
        if (protocol != IpProtocol.ESP.number() && protocol != IpProtocol.AH.number()) {
            throw invalid("ESN only supported for ESP and AH");
        }
        if (info.replayWindow() != 0) {
            throw invalid("ESN not compatible with legacy replay_window");
        }
    }

    private void mode() {
        switch (info.mode()) {
            case 0, 1, 2, 4 -> {}
            default -> throw invalid("Unsupported mode");
        }
    }

    private boolean any(int... types) {
        for (int type : types) {
            if (attributes.has(type)) {
                return true;
            }
        }
        return false;
    }
}
