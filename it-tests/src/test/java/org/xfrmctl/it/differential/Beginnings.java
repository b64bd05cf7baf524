package org.xfrmctl.it.differential;

import java.util.List;
import java.util.Optional;
import org.xfrmctl.it.differential.Step.Departure;
import org.xfrmctl.it.differential.Step.Discovery;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.DefaultPolicies;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Key;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.Template;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.xfrm.SpdInfo.Threshold;
import org.xfrmctl.netlink.xfrm.SpdInfo.Thresholds;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** How a sequence finds a kernel. */
final class Beginnings {
    private static final DefaultPolicies ACCEPT =
            new DefaultPolicies(DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT, DefaultPolicies.ACCEPT);
    private static final Algorithm AUTHENTICATION = new Algorithm.Authentication("hmac(md5)", Key.of(new byte[16]), 96);
    private static final Thresholds THRESHOLDS =
            new Thresholds(Optional.of(new Threshold(32, 32)), Optional.of(new Threshold(128, 128)));

    private Beginnings() {}

    /** Empty tables, and the defaults. */
    static void clear(XfrmClient client) {
        client.flushStates(IpProtocol.ANY);
        client.flushPolicies(PolicyType.MAIN);
        client.flushPolicies(PolicyType.SUB);
        client.setDefaults(ACCEPT);
        client.setThresholds(THRESHOLDS);
    }

    /**
     * What is different the first time only: modules that a kernel loads for its states, without which it knows no ESP and
     * no AH, nor with them the packets of no state, and that take plain IPIP, too;
     * the first index of policies, which comes twice; the first numbers of acquires, which clients choose here, too.
     */
    static void useUp(Subject subject, XfrmClient client) {
        for (Family family : List.of(Family.INET, Family.INET6)) {
            IpAddress local = Subject.local(family);
            IpAddress far = IpAddress.parse(family == Family.INET ? "192.0.2.9" : "2001:db8::9");
            client.addState(XfrmState.builder(new SaId(far, new Spi(0x999), IpProtocol.COMP), local)
                    .mode(Mode.TUNNEL)
                    .algorithms(List.of(Algorithm.Compression.DEFLATE))
                    .build());
            client.addState(XfrmState.builder(new SaId(far, new Spi(0x999), IpProtocol.ESP), local)
                    .algorithms(List.of(new Algorithm.Encryption("cipher_null", Key.EMPTY), AUTHENTICATION))
                    .build());
            client.addState(XfrmState.builder(new SaId(far, new Spi(0x999), IpProtocol.AH), local)
                    .algorithms(List.of(AUTHENTICATION))
                    .build());
            client.addPolicy(XfrmPolicy.builder(Selector.any(family), Direction.OUT)
                    .templates(List.of(Template.tunnel(local, far, IpProtocol.ESP, new Reqid(9), Level.REQUIRED)))
                    .build());
            for (int i = 0; i < Normalized.FIRST_ACQUIRE / 2; i++) {
                // A state that waits already is not asked for again.
                client.flushStates(IpProtocol.ANY);
                subject.send(new Departure(far, Posix.IPPROTO_UDP, 80, 1, 8, 0, 0, Discovery.DONT));
            }
        }
        clear(client);
        while (subject.listener().receiveNow().isPresent()) {
            // Nobody is interested.
        }
        subject.emitted();
    }
}
