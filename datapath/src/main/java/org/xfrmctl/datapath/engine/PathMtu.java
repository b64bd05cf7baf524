package org.xfrmctl.datapath.engine;

import java.util.random.RandomGenerator;
import org.xfrmctl.datapath.crypto.IntegrityValue;
import org.xfrmctl.datapath.esp.EspTransform;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.mtu.Overhead;
import org.xfrmctl.model.mtu.TransformSizes;

/** What fits into a packet of a given size after an association's transform, by the sizes that its ciphers really have. */
final class PathMtu {
    private PathMtu() {}

    static Overhead overhead(SecurityAssociation association, RandomGenerator random) {
        return Overhead.of(association.definition(), sizes(association, random));
    }

    private static TransformSizes sizes(SecurityAssociation association, RandomGenerator random) {
        IpProtocol protocol = association.id().protocol();
        if (protocol.equals(IpProtocol.ESP)) {
            EspTransform esp = association.esp(random);
            return new TransformSizes(esp.ivLength(), esp.blockSize(), esp.icvLength());
        }
        return protocol.equals(IpProtocol.AH)
                ? new TransformSizes(
                        0,
                        1,
                        association
                                .definition()
                                .algorithm(Algorithm.Authentication.class)
                                .map(IntegrityValue::lengthOf)
                                .orElse(0))
                : TransformSizes.NONE;
    }

    static int ipHeader(Family family) {
        return family == Family.INET6 ? 40 : 20;
    }
}
