package org.xfrmctl.datapath.engine;

import java.util.random.RandomGenerator;
import org.xfrmctl.datapath.ah.AhTransform;
import org.xfrmctl.datapath.crypto.IntegrityValue;
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
    private static final int UDP_NON_IKE = 1;
    private static final int NON_IKE_MARKER = 8;
    /** Pseudo header of BEET, for which there is always room when the inner packets are IPv4 ({@code IPV4_BEET_PHMAXLEN}). */
    private static final int BEET_PSEUDO_HEADER = 8;

    private PathMtu() {}

    static int through(SecurityAssociation association, int mtu, RandomGenerator random) {
        int header = headerLength(association, random);
        if (!isEsp(association)) {
            return mtu - header;
        }
        EspTransform esp = association.esp(random);
        int kept = association.mode().equals(Mode.TUNNEL)
                ? 0
                : ipHeader(association.source().family());
        int room = (mtu - header - esp.icvLength() - kept) & -esp.blockSize();
        return Math.max(1, room + kept - 2);
    }

    /** What a transform puts in front of a packet, all of it ({@code header_len} of {@code struct xfrm_state}). */
    static int headerLength(SecurityAssociation association, RandomGenerator random) {
        int outer = association.mode().equals(Mode.TUNNEL)
                ? ipHeader(association.source().family())
                : 0;
        if (isEsp(association)) {
            return association.esp(random).headerLength()
                    + outer
                    + encapsulation(association)
                    + pseudoHeader(association);
        }
        // No credit for compression, and the four bytes of its header are not counted.
        return association.id().protocol().equals(IpProtocol.AH) ? authenticationHeader(association) + outer : outer;
    }

    private static boolean isEsp(SecurityAssociation association) {
        return association.id().protocol().equals(IpProtocol.ESP) && association.isValid();
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

    /** Room for IPv4 options, and for the smaller header that grows ({@code esp_init_state()}, {@code esp6_init_state()}). */
    private static int pseudoHeader(SecurityAssociation association) {
        Family inner = association.definition().selector().family();
        if (!association.mode().equals(Mode.BEET) || inner == Family.INET6) {
            return 0;
        }
        return BEET_PSEUDO_HEADER + ipHeader(association.source().family()) - ipHeader(Family.INET);
    }

    private static int authenticationHeader(SecurityAssociation association) {
        boolean v4 = association.source().family() == Family.INET;
        int icv = association
                .definition()
                .algorithm(Algorithm.Authentication.class)
                .map(IntegrityValue::lengthOf)
                .orElse(0);
        int header = AhTransform.headerLength(
                icv, v4 && association.definition().flags().has(StateFlag.ALIGN4));
        return !v4 && association.mode().equals(Mode.BEET) ? header + ipHeader(Family.INET6) : header;
    }

    static int ipHeader(Family family) {
        return family == Family.INET6 ? 40 : 20;
    }
}
