package org.xfrmctl.datapath.kernel;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfrmctl.datapath.engine.HashThreshold;
import org.xfrmctl.datapath.engine.Outcome;
import org.xfrmctl.datapath.engine.PolicyEntry;
import org.xfrmctl.datapath.engine.PolicyResult;
import org.xfrmctl.datapath.engine.PolicyTable;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IfId;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.XfrmPolicy;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmInfoAttribute;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmSelector;
import org.xfrmctl.netlink.uapi.XfrmUserPolexpire;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyInfo;
import org.xfrmctl.netlink.uapi.XfrmuSpdhthresh;
import org.xfrmctl.netlink.xfrm.MarkMapping;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.SelectorMapping;
import org.xfrmctl.netlink.xfrm.SpdInfo;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** Requests that concern policies ({@code net/xfrm/xfrm_user.c}). Called with the namespace's lock held. */
final class PolicyRequests {
    private static final int SMALLEST_MASK = 7;
    private static final int MAX_BUCKETS = 1 << 20;

    private final PolicyTable policies;
    private final Multicast multicast;
    /** The masks of the kernel's hash tables: per direction, and of indexes; the latter follows the former's growth. */
    private final Map<Direction, Integer> directionMasks = new EnumMap<>(Direction.class);

    private int indexMask = SMALLEST_MASK;

    PolicyRequests(XfrmNamespace namespace, Multicast multicast) {
        this.policies = namespace.policies();
        this.multicast = multicast;
    }

    void add(Request request) {
        PolicyResult result = policies.insert(assemble(request));
        if (result.outcome() == Outcome.EXISTS) {
            throw RequestRefusedException.of(Errno.EEXIST);
        }
        announce(request, XfrmMsg.NEWPOLICY, result.policy().orElseThrow());
    }

    void update(Request request) {
        announce(request, XfrmMsg.UPDPOLICY, policies.update(assemble(request)));
    }

    private static XfrmPolicy assemble(Request request) {
        XfrmUserpolicyInfo info = request.body(XfrmUserpolicyInfo.CODEC);
        PolicyChecks.check(info, request.attributes());
        return stored(info, request.attributes());
    }

    /** A policy that was checked, as a dump shows it: with its type, without share, without what is not understood. */
    static XfrmPolicy stored(XfrmUserpolicyInfo info, Attributes attributes) {
        return PolicyCodec.decode(info, attributes).toBuilder()
                .type(Optional.of(PolicyChecks.type(attributes)))
                .share(0)
                .offload(Optional.empty())
                .label(Optional.empty())
                .other(List.of())
                .build();
    }

    private void announce(Request request, int type, PolicyEntry entry) {
        growMasks(entry.definition().direction());
        XfrmPolicy policy = entry.snapshot();
        multicast.send(XfrmGroup.POLICY, request.event(type, writer -> PolicyCodec.encodeDump(policy, writer)));
    }

    void delete(Request request) {
        PolicyEntry doomed = find(request);
        XfrmPolicy last = doomed.snapshot();
        int index = request.body(XfrmUserpolicyId.CODEC).index();
        policies.remove(doomed);
        multicast.send(
                XfrmGroup.POLICY,
                request.event(XfrmMsg.DELPOLICY, writer -> PolicyCodec.encodeDeleted(last, index, writer)));
    }

    void get(Request request) {
        XfrmPolicy found = find(request).snapshot();
        request.reply(XfrmMsg.NEWPOLICY, writer -> PolicyCodec.encodeDump(found, writer));
    }

    /** Empty for one that no policy has: the kernel compares the bytes, and finds none like them. */
    private static Optional<Selector> selector(XfrmSelector raw) {
        try {
            return Family.of(Short.toUnsignedInt(raw.family())).map(known -> SelectorMapping.toModel(raw));
        } catch (MalformedMessageException impossible) {
            return Optional.empty();
        }
    }

    /** The policy that a request names by index or, if that is 0, by selector ({@code xfrm_get_policy()}). */
    private PolicyEntry find(Request request) {
        Mark mark = MarkMapping.mark(request.attributes()).masked();
        return find(request, request.body(XfrmUserpolicyId.CODEC), mark);
    }

    private PolicyEntry find(Request request, XfrmUserpolicyId id, Mark mark) {
        PolicyType type = PolicyChecks.type(request.attributes());
        Direction direction = PolicyChecks.direction(id.dir());
        IfId ifId = MarkMapping.ifId(request.attributes());
        Optional<PolicyEntry> found;
        if (id.index() != 0) {
            found = policies.find(id.index(), direction, type, mark, ifId);
        } else {
            SelectorChecks.checkLabel(request.attributes());
            found = selector(id.sel())
                    .map(selector -> new PolicyKey(direction, type, selector, mark, ifId))
                    .flatMap(policies::find);
        }
        return found.orElseThrow(() -> RequestRefusedException.of(Errno.ENOENT));
    }

    /** Makes a policy expire as if its time had come ({@code xfrm_add_pol_expire()}). */
    void expire(Request request) {
        XfrmUserPolexpire wanted = request.body(XfrmUserPolexpire.CODEC);
        XfrmUserpolicyInfo info = wanted.pol();
        // The mark is taken as it came: with bits beyond its mask it names no policy.
        Mark mark = MarkMapping.mark(request.attributes());
        if (!mark.equals(mark.masked())) {
            throw RequestRefusedException.of(Errno.ENOENT);
        }
        PolicyEntry entry = find(request, new XfrmUserpolicyId(info.sel(), info.index(), info.dir()), mark);
        boolean hard = wanted.hard() != 0;
        if (hard) {
            policies.remove(entry);
        }
        multicast.send(XfrmGroup.EXPIRE, request.expiry(new XfrmEvent.PolicyExpired(entry.snapshot(), hard)));
    }

    /** Nobody hears of a flush that found nothing. */
    void flush(Request request) {
        PolicyType type = PolicyChecks.type(request.attributes());
        if (policies.flush(type) > 0) {
            multicast.send(
                    XfrmGroup.POLICY,
                    request.event(XfrmMsg.FLUSHPOLICY, writer -> PolicyCodec.writeType(type, writer)));
        }
    }

    void dump(DumpWriter dump) {
        for (PolicyEntry entry : policies.list()) {
            XfrmPolicy policy = entry.snapshot();
            dump.add(XfrmMsg.NEWPOLICY, writer -> PolicyCodec.encodeDump(policy, writer));
        }
    }

    /** Counts, the hash table and its thresholds ({@code build_spdinfo()}); the flags come back as they were. */
    void info(Request request) {
        int flags = request.message().bytes().getInt(NetlinkMessage.HEADER);
        SpdInfo info = new SpdInfo(
                new SpdInfo.Counts(
                        policies.count(Direction.IN), policies.count(Direction.OUT), policies.count(Direction.FWD)),
                new SpdInfo.Counts(
                        policies.count(Direction.SOCKET_IN),
                        policies.count(Direction.SOCKET_OUT),
                        policies.count(Direction.SOCKET_FWD)),
                new SpdInfo.Hash(indexMask, MAX_BUCKETS, threshold(Family.INET), threshold(Family.INET6)));
        request.reply(XfrmMsg.NEWSPDINFO, writer -> info.encode(flags, writer));
    }

    private SpdInfo.Threshold threshold(Family family) {
        HashThreshold threshold = policies.threshold(family);
        return new SpdInfo.Threshold(threshold.local(), threshold.remote());
    }

    /** Sets from which prefix lengths on policies are hashed ({@code xfrm_set_spdinfo()}); both are checked before. */
    void setThresholds(Request request) {
        Optional<HashThreshold> ipv4 = threshold(request, XfrmInfoAttribute.SPD_IPV4_HTHRESH, Family.INET);
        Optional<HashThreshold> ipv6 = threshold(request, XfrmInfoAttribute.SPD_IPV6_HTHRESH, Family.INET6);
        ipv4.ifPresent(threshold -> policies.threshold(Family.INET, threshold));
        ipv6.ifPresent(threshold -> policies.threshold(Family.INET6, threshold));
    }

    private static Optional<HashThreshold> threshold(Request request, int attribute, Family family) {
        Optional<HashThreshold> wanted = request.attributes()
                .find(attribute)
                .map(found -> found.struct(XfrmuSpdhthresh.CODEC))
                .map(raw -> new HashThreshold(Byte.toUnsignedInt(raw.lbits()), Byte.toUnsignedInt(raw.rbits())));
        if (wanted.filter(threshold -> threshold.local() > family.bits() || threshold.remote() > family.bits())
                .isPresent()) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        return wanted;
    }

    /** One direction that outgrows its table makes the kernel look at all of them ({@code xfrm_hash_resize()}). */
    private void growMasks(Direction direction) {
        int mask = directionMasks.getOrDefault(direction, SMALLEST_MASK);
        if (policies.count(direction) > mask) {
            directionMasks.put(direction, 2 * mask + 1);
            if (policies.list().size() > indexMask) {
                indexMask = 2 * indexMask + 1;
            }
        }
    }
}
