package org.xfrmctl.netlink.probe;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.uapi.Ifinfomsg;
import org.xfrmctl.netlink.uapi.Ifla;
import org.xfrmctl.netlink.uapi.IflaInfo;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/**
 * Finds out what the kernel behind a client can do. Nothing is changed, but modules may be loaded on the way. What no answer
 * shows is {@link Support#UNKNOWN}, neither yes nor no.
 */
public final class CapabilityProbe {
    private static final int ESPINTCP = 7;

    private final XfrmClient client;
    private final MessageProbe messages;

    public CapabilityProbe(XfrmClient client) {
        this.client = client;
        this.messages = new MessageProbe(client);
    }

    /**
     * Asks about everything.
     *
     * @param xfrmInterfaces whether rtnetlink knows them, for a client of XFRM cannot ask
     * @throws org.xfrmctl.netlink.NetlinkException EPERM without CAP_NET_ADMIN
     */
    public Capabilities probe(Support xfrmInterfaces) {
        Map<Feature, Support> features = new EnumMap<>(Feature.class);
        for (Feature feature : Feature.values()) {
            features.put(feature, Support.UNKNOWN);
        }
        features.put(Feature.XFRM_INTERFACES, xfrmInterfaces);
        Rehearsals rehearsals = new Rehearsals(client);
        TransformProbe transforms = new TransformProbe(rehearsals);
        Transform esp4 = transforms.find(IpProtocol.ESP, IpAddress.ANY_V4);
        Transform esp6 = transforms.find(IpProtocol.ESP, IpAddress.ANY_V6);
        Transform ah4 = transforms.find(IpProtocol.AH, IpAddress.ANY_V4);
        Transform ah6 = transforms.find(IpProtocol.AH, IpAddress.ANY_V6);
        Transform ipcomp4 = transforms.find(IpProtocol.COMP, IpAddress.ANY_V4);
        Transform ipcomp6 = transforms.find(IpProtocol.COMP, IpAddress.ANY_V6);
        features.put(Feature.ESP_IPV4, esp4.support());
        features.put(Feature.ESP_IPV6, esp6.support());
        features.put(Feature.AH_IPV4, ah4.support());
        features.put(Feature.AH_IPV6, ah6.support());
        features.put(Feature.IPCOMP_IPV4, ipcomp4.support());
        features.put(Feature.IPCOMP_IPV6, ipcomp6.support());
        askForMessages(features);
        if (esp4.support() == Support.YES) {
            tryWith(rehearsals, esp4, features);
        }
        AlgorithmProbe algorithms =
                new AlgorithmProbe(transforms, either(esp4, esp6), either(ah4, ah6), either(ipcomp4, ipcomp6));
        return new Capabilities(features, algorithms.all());
    }

    /** Algorithms do not depend on the family. */
    private static Transform either(Transform ipv4, Transform ipv6) {
        return ipv4.support() == Support.YES ? ipv4 : ipv6.support() == Support.YES ? ipv6 : ipv4;
    }

    private void askForMessages(Map<Feature, Support> features) {
        features.put(Feature.SUB_POLICIES, messages.subPolicies());
        features.put(Feature.MIGRATION, messages.migration());
        features.put(Feature.DEFAULT_POLICIES, messages.defaultPolicies());
        features.put(Feature.MAPPING_TIMER, knows(Xfrma.MTIMER_THRESH));
        features.put(Feature.DIRECTION, knows(Xfrma.SA_DIR));
        features.put(Feature.NAT_KEEPALIVE, knows(Xfrma.NAT_KEEPALIVE_INTERVAL));
        features.put(Feature.PER_CPU, knows(Xfrma.SA_PCPU));
        // No kernel has the mode and not its attributes, so this much is known even without ESP.
        if (knows(Xfrma.IPTFS_PKT_SIZE) == Support.NO) {
            features.put(Feature.IPTFS, Support.NO);
        }
    }

    private void tryWith(Rehearsals rehearsals, Transform esp, Map<Feature, Support> features) {
        EspProbe modes = new EspProbe(rehearsals, esp);
        features.put(Feature.ESP_IN_UDP, modes.encapsulation(Encap.ESPINUDP));
        features.put(Feature.ESP_IN_TCP, modes.encapsulation(ESPINTCP));
        features.put(Feature.BEET, modes.beet());
        if (features.get(Feature.IPTFS) == Support.UNKNOWN) {
            features.put(Feature.IPTFS, modes.iptfs());
        }
        OffloadProbe devices = new OffloadProbe(rehearsals, esp);
        // The attribute came with Linux 5.17; from then on every kernel checks the flags.
        Support offload = devices.offload(features.get(Feature.MAPPING_TIMER) == Support.YES);
        features.put(Feature.OFFLOAD, offload);
        features.put(Feature.PACKET_OFFLOAD, devices.packetOffload(offload));
    }

    /**
     * Whether there are xfrm interfaces, for {@link #probe}. An if_id of one byte too few is refused by those who know the
     * kind of link ({@code rtnl_newlink()}), and nobody makes a link for it.
     *
     * @throws org.xfrmctl.netlink.NetlinkException EPERM without CAP_NET_ADMIN
     */
    public static Support xfrmInterfaces(RouteClient client) {
        byte[] kind = "xfrm\0".getBytes(StandardCharsets.US_ASCII);
        Request broken =
                new Request(Rtm.NEWLINK, Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL, "try an xfrm interface", out -> {
                    out.body(new byte[Ifinfomsg.CODEC.size()]);
                    out.beginNested(Ifla.LINKINFO).attribute(IflaInfo.KIND, kind);
                    out.beginNested(IflaInfo.DATA).attribute(IflaInfo.XFRM_IF_ID, new byte[3]);
                    out.endNested().endNested();
                });
        Answer answer = Answer.of(client.executeAll(List.of(broken)).get(0));
        if (answer.is(Errno.ERANGE)) {
            return Support.YES;
        }
        return answer.is(Errno.EOPNOTSUPP) ? Support.NO : Support.UNKNOWN;
    }

    /**
     * Whether the kernel knows an attribute of {@link Xfrma}.
     *
     * @throws org.xfrmctl.netlink.NetlinkException EPERM without CAP_NET_ADMIN
     */
    public Support knows(int attribute) {
        return messages.attribute(attribute);
    }
}
