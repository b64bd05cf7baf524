package org.xfrmctl.netlink.probe;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.model.Algorithm;
import org.xfrmctl.model.Bytes;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.NatTraversal;
import org.xfrmctl.model.PolicyIndex;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.StateOptions;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.NetlinkException;
import org.xfrmctl.netlink.message.Request;
import org.xfrmctl.netlink.probe.Capabilities.AlgorithmSupport;
import org.xfrmctl.netlink.route.RouteClient;
import org.xfrmctl.netlink.uapi.Ifinfomsg;
import org.xfrmctl.netlink.uapi.Ifla;
import org.xfrmctl.netlink.uapi.IflaInfo;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.Rtm;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserOffload;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.XfrmClient;

/** Finds out what the kernel behind a client can do. Nothing is changed, but modules may be loaded on the way. */
public final class CapabilityProbe {
    private static final int ESPINTCP = 7;
    private static final int UNKNOWN_OFFLOAD_FLAG = 0x80;
    private static final int PACKET_OFFLOAD = 4;
    /** No interface has it. */
    private static final int NO_DEVICE = Integer.MAX_VALUE;
    /** No policy has it: an index ends with its direction. */
    private static final int NO_INDEX = 0x7ffffff9;

    private final XfrmClient client;

    public CapabilityProbe(XfrmClient client) {
        this.client = client;
    }

    /**
     * Asks about everything.
     *
     * @param xfrmInterfaces whether rtnetlink knows them, for a client of XFRM cannot ask
     * @throws NetlinkException EPERM without CAP_NET_ADMIN
     */
    public Capabilities probe(Support xfrmInterfaces) {
        Map<Feature, Support> features = new EnumMap<>(Feature.class);
        features.put(Feature.ESP_IPV4, transform(IpProtocol.ESP, IpAddress.ANY_V4));
        features.put(Feature.ESP_IPV6, transform(IpProtocol.ESP, IpAddress.ANY_V6));
        features.put(Feature.AH_IPV4, transform(IpProtocol.AH, IpAddress.ANY_V4));
        features.put(Feature.AH_IPV6, transform(IpProtocol.AH, IpAddress.ANY_V6));
        features.put(Feature.IPCOMP_IPV4, transform(IpProtocol.COMP, IpAddress.ANY_V4));
        features.put(Feature.IPCOMP_IPV6, transform(IpProtocol.COMP, IpAddress.ANY_V6));
        boolean esp = features.get(Feature.ESP_IPV4) == Support.YES;
        features.put(Feature.ESP_IN_UDP, esp ? takes(encapsulated(Encap.ESPINUDP)) : Support.UNKNOWN);
        features.put(Feature.ESP_IN_TCP, esp ? takes(encapsulated(ESPINTCP)) : Support.UNKNOWN);
        features.put(Feature.BEET, esp ? takes(esp().mode(Mode.BEET).build()) : Support.UNKNOWN);
        features.put(Feature.IPTFS, esp ? takes(esp().mode(Mode.IPTFS).build()) : Support.UNKNOWN);
        features.put(Feature.OFFLOAD, esp ? offload(UNKNOWN_OFFLOAD_FLAG, true) : Support.UNKNOWN);
        features.put(Feature.PACKET_OFFLOAD, esp ? offload(PACKET_OFFLOAD, false) : Support.UNKNOWN);
        features.put(Feature.SUB_POLICIES, subPolicies());
        features.put(Feature.MIGRATION, migration());
        features.put(
                Feature.DEFAULT_POLICIES,
                Support.of(refusal(client::getDefaults).isEmpty()));
        features.put(Feature.MAPPING_TIMER, knows(Xfrma.MTIMER_THRESH));
        features.put(Feature.DIRECTION, knows(Xfrma.SA_DIR));
        features.put(Feature.NAT_KEEPALIVE, knows(Xfrma.NAT_KEEPALIVE_INTERVAL));
        features.put(Feature.PER_CPU, knows(Xfrma.SA_PCPU));
        features.put(Feature.XFRM_INTERFACES, xfrmInterfaces);
        return new Capabilities(
                features, CandidateAlgorithm.ALL.stream().map(this::algorithm).toList());
    }

    /**
     * Whether there are xfrm interfaces, for {@link #probe}. An if_id of one byte too few is refused by those who know the
     * kind of link ({@code rtnl_newlink()}), and nobody makes a link for it.
     *
     * @throws NetlinkException EPERM without CAP_NET_ADMIN
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
        NetlinkException refusal = client.executeAll(List.of(broken)).get(0).orElseThrow();
        if (refusal.is(Errno.EPERM)) {
            throw refusal;
        }
        return Support.of(refusal.is(Errno.ERANGE));
    }

    /** A known attribute of one byte too few is refused, an unknown one is passed over ({@code nla_parse()}). */
    public Support knows(int attribute) {
        byte[] tooShort = new byte[Xfrma.TABLE.payload(attribute).orElseThrow().shortest() - 1];
        Request broken = new Request(
                XfrmMsg.GETSADINFO,
                0,
                "ask for",
                Xfrma.name(attribute),
                out -> out.bodyU32(0).attribute(attribute, tooShort));
        return Support.of(client.executeAll(List.of(broken)).get(0).isPresent());
    }

    private static XfrmState.Builder state(IpProtocol protocol, IpAddress any) {
        return XfrmState.builder(new SaId(any, Spi.NONE, protocol), any);
    }

    private static XfrmState.Builder esp() {
        return state(IpProtocol.ESP, IpAddress.ANY_V4)
                .mode(Mode.TUNNEL)
                .algorithms(CandidateAlgorithm.ALL.get(0).tried());
    }

    private static XfrmState encapsulated(int type) {
        Encap encap = new Encap(type, 4500, 4500, IpAddress.ANY_V4);
        return esp().options(StateOptions.NONE.withNatTraversal(NatTraversal.of(encap)))
                .build();
    }

    /** With the first algorithms that are there: a kernel looks for these before it looks for the protocol. */
    private Support transform(IpProtocol protocol, IpAddress any) {
        for (CandidateAlgorithm candidate : CandidateAlgorithm.ALL) {
            List<Algorithm> algorithms = suitable(candidate, protocol);
            if (algorithms.isEmpty()) {
                continue;
            }
            Optional<NetlinkException> refusal = client.rehearseState(
                    state(protocol, any).algorithms(algorithms).build());
            if (refusal.isEmpty()) {
                return Support.YES;
            }
            if (refusal.get().is(Errno.EPROTONOSUPPORT)) {
                return Support.NO;
            }
        }
        return Support.UNKNOWN;
    }

    /** AH has integrity alone, IPComp compression alone, and ESP anything but compression. */
    private static List<Algorithm> suitable(CandidateAlgorithm candidate, IpProtocol protocol) {
        boolean compression = candidate.kind() == Capabilities.Kind.COMPRESSION;
        if (protocol.equals(IpProtocol.AH)) {
            return candidate.kind() == Capabilities.Kind.AUTHENTICATION
                    ? candidate.tried().subList(0, 1)
                    : List.of();
        }
        return compression == protocol.equals(IpProtocol.COMP) ? candidate.tried() : List.of();
    }

    private AlgorithmSupport algorithm(CandidateAlgorithm candidate) {
        IpProtocol protocol = candidate.kind() == Capabilities.Kind.COMPRESSION ? IpProtocol.COMP : IpProtocol.ESP;
        Optional<NetlinkException> refusal = client.rehearseState(
                state(protocol, IpAddress.ANY_V4).algorithms(candidate.tried()).build());
        boolean noTransform = refusal.isPresent() && refusal.get().is(Errno.EPROTONOSUPPORT);
        return new AlgorithmSupport(
                candidate.kind(), candidate.name(), noTransform ? Support.UNKNOWN : Support.of(refusal.isEmpty()));
    }

    private Support takes(XfrmState state) {
        return Support.of(client.rehearseState(state).isEmpty());
    }

    /**
     * A kernel with offload looks at the flags of a device before it looks for the device, which is not there ({@code
     * xfrm_dev_state_add()}); one without does not look at all.
     */
    private Support offload(int flags, boolean unrecognized) {
        byte[] device = ByteBuffer.allocate(XfrmUserOffload.CODEC.size())
                .order(ByteOrder.nativeOrder())
                .putInt(NO_DEVICE)
                .put((byte) flags)
                .array();
        XfrmState state = esp().options(
                        StateOptions.NONE.withOther(List.of(new RawAttribute(Xfrma.OFFLOAD_DEV, Bytes.of(device)))))
                .build();
        Optional<NetlinkException> refusal = client.rehearseState(state);
        boolean aboutFlags = refusal.flatMap(said -> said.refusal().kernel().text())
                .filter(text -> text.contains("Unrecognized flags"))
                .isPresent();
        return Support.of(refusal.isPresent() && aboutFlags == unrecognized);
    }

    /** A kernel without them knows no other type than main. */
    private Support subPolicies() {
        PolicyIndex none = new PolicyIndex(NO_INDEX, Direction.OUT, PolicyType.SUB, Mark.NONE, IfId.NONE);
        return Support.of(refusal(() -> client.getPolicy(none)).isEmpty());
    }

    /** A request without anything to move is wrong where there is migration, and unknown elsewhere. */
    private Support migration() {
        int size = XfrmMsg.TABLE.body(XfrmMsg.MIGRATE).orElseThrow().size();
        Request empty = new Request(XfrmMsg.MIGRATE, 0, "migrate nothing", out -> out.body(new byte[size]));
        Optional<NetlinkException> refusal = client.executeAll(List.of(empty)).get(0);
        return Support.of(refusal.filter(said -> said.is(Errno.EINVAL)).isPresent());
    }

    private static Optional<NetlinkException> refusal(Runnable question) {
        try {
            question.run();
            return Optional.empty();
        } catch (NetlinkException refused) {
            if (refused.is(Errno.EPERM)) {
                throw refused;
            }
            return Optional.of(refused);
        }
    }
}
