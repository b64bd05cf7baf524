package org.xfrmctl.datapath.engine;

import java.util.Map;
import java.util.random.RandomGenerator;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.datapath.wire.UdpHeader;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.StateFlag;

/** What fits into a packet of a given size after an association's transform ({@code xfrm_state_mtu}). */
final class PathMtu {
    /** Bits of an ICV where the state does not say ({@code net/xfrm/xfrm_algo.c}). */
    private static final Map<String, Integer> DEFAULT_ICV =
            Map.of("hmac(sha256)", 96, "hmac(sha384)", 192, "hmac(sha512)", 256, "hmac(sm3)", 256);

    private static final int UDP_NON_IKE = 1;
    private static final int NON_IKE_MARKER = 8;
    private static final int AH_HEADER = 12;

    private PathMtu() {}

    static int through(SecurityAssociation association, int mtu, RandomGenerator random) {
        int ip = ipHeader(association.source().family());
        int outer = association.mode().equals(Mode.TUNNEL) ? ip : 0;
        IpProtocol proto = association.id().protocol();
        if (proto.equals(IpProtocol.ESP) && association.isValid()) {
            return throughEsp(association, association.esp(random), mtu, ip - outer, outer);
        }
        // No credit for compression, and the four bytes of its header are not counted.
        int header = proto.equals(IpProtocol.AH) ? authenticationHeader(association) : 0;
        return mtu - header - outer;
    }

    /** {@code kept} is the part of the IP header that stays in front: all of it in transport mode. */
    private static int throughEsp(SecurityAssociation association, EspTransform esp, int mtu, int kept, int outer) {
        int header = esp.headerLength() + outer + encapsulation(association);
        int block = esp.blockSize();
        int room = (mtu - header - esp.icvLength() - kept) & -block;
        return Math.max(1, room + kept - 2);
    }

    private static int encapsulation(SecurityAssociation association) {
        return association
                .definition()
                .options()
                .encap()
                .map(Encap::type)
                .map(type -> type == UDP_NON_IKE ? UdpHeader.LENGTH + NON_IKE_MARKER : UdpHeader.LENGTH)
                .orElse(0);
    }

    /** RFC 4302, section 2.2: padded to 64 bits, on IPv4 to 32 if the state says so. */
    private static int authenticationHeader(SecurityAssociation association) {
        int icvBits = association
                .definition()
                .algorithm(Algorithm.Authentication.class)
                .map(auth ->
                        auth.truncationBits() != 0 ? auth.truncationBits() : DEFAULT_ICV.getOrDefault(auth.name(), 96))
                .orElse(0);
        boolean align4 = association.source().family() == Family.INET
                && association.definition().flags().has(StateFlag.ALIGN4);
        int unit = align4 ? 4 : 8;
        return (AH_HEADER + icvBits / 8 + unit - 1) & -unit;
    }

    static int ipHeader(Family family) {
        return family == Family.INET6 ? 40 : 20;
    }
}
