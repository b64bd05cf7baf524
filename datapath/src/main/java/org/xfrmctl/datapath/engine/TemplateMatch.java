package org.xfrmctl.datapath.engine;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmState;

/** Whether an association is one that a template asks for, inbound ({@code xfrm_state_ok}). */
final class TemplateMatch {
    /** Bits of {@code aalgos} ({@code SADB_AALG_*}); algorithms in one with encryption have number 0. */
    private static final Map<String, Integer> AUTHENTICATION_BITS = Map.of(
            "digest_null", 251,
            "hmac(md5)", 2,
            "hmac(sha1)", 3,
            "hmac(sha256)", 5,
            "hmac(sha384)", 6,
            "hmac(sha512)", 7,
            "hmac(rmd160)", 8,
            "xcbc(aes)", 9);

    private TemplateMatch() {}

    static boolean accepts(Template template, SecurityAssociation association, Family family, IfId ifId) {
        return mismatch(template, association, family, ifId) == null;
    }

    /**
     * Why not; null if it is. Only the source address is compared; an implied state meets only optional templates, and
     * those by address alone.
     */
    static @Nullable Mismatch mismatch(Template template, SecurityAssociation association, Family family, IfId ifId) {
        XfrmState state = association.definition();
        if (association.isImplied()) {
            return template.level().isOptional() && isFrom(template.source(), association.source(), template.family())
                    ? null
                    : Mismatch.IMPLIED;
        } else if (!state.id().protocol().equals(template.protocol())) {
            return Mismatch.PROTOCOL;
        } else if (!template.id().spi().equals(Spi.NONE)
                && !template.id().spi().equals(state.id().spi())) {
            return Mismatch.SPI;
        } else if (!template.reqid().equals(Reqid.NONE) && !template.reqid().equals(state.reqid())) {
            return Mismatch.REQID;
        } else if (!state.mode().equals(template.mode())) {
            return Mismatch.MODE;
        } else if (!acceptsAlgorithm(template, state)) {
            return Mismatch.ALGORITHM;
        } else if (!state.mode().equals(Mode.TRANSPORT) && !isFrom(template.source(), association.source(), family)) {
            return Mismatch.SOURCE;
        }
        return ifId.isNone() || ifId.equals(state.ifId()) ? null : Mismatch.IF_ID;
    }

    /** The kernel compares as many bytes as the given family has, also where the addresses are of the other one. */
    private static boolean isFrom(IpAddress wanted, IpAddress source, Family family) {
        if (family == Family.INET) {
            return wanted.word0() == 0 || wanted.word0() == source.word0();
        }
        return wanted.isAny()
                || (wanted.word0() == source.word0()
                        && wanted.word1() == source.word1()
                        && wanted.word2() == source.word2()
                        && wanted.word3() == source.word3());
    }

    private static boolean acceptsAlgorithm(Template template, XfrmState state) {
        Template.AlgorithmMasks masks = template.masks();
        if (masks.equals(Template.AlgorithmMasks.ALL) || !template.protocol().isIpsec()) {
            return true;
        }
        int bit = state.algorithm(Algorithm.Authentication.class)
                .map(auth -> AUTHENTICATION_BITS.getOrDefault(auth.name(), 0))
                .orElse(0);
        return (masks.authentication() & 1 << bit) != 0;
    }
}
