package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import org.xfrmctl.datapath.engine.Outcome;
import org.xfrmctl.datapath.engine.ReplayReports;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.StateResult;
import org.xfrmctl.datapath.engine.StateTable;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpPrefix;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeLimits;
import org.xfrmctl.model.LifetimeLimits.Limit;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Selector;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.AddressAttribute;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserExpire;
import org.xfrmctl.netlink.uapi.XfrmUsersaFlush;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.XfrmUserspiInfo;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.AddressMapping;
import org.xfrmctl.netlink.xfrm.LifetimeMapping;
import org.xfrmctl.netlink.xfrm.MarkMapping;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.StateCodec;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** Requests that concern states ({@code net/xfrm/xfrm_user.c}). Called with the namespace's lock held. */
final class StateRequests {
    private static final int MAX_BUCKETS = 1 << 20;
    /** {@code net.core.xfrm_acq_expires}: how long a larval state waits for its keys. */
    private static final int ACQUIRE_SECONDS = 30;

    private final StateTable states;
    private final Multicast multicast;
    /** The kernel's hash table doubles with its content and never shrinks. */
    private int buckets = 8;

    StateRequests(XfrmNamespace namespace, Multicast multicast) {
        this.states = namespace.states();
        this.multicast = multicast;
    }

    void add(Request request) {
        SecurityAssociation fresh = construct(request);
        require(states.insert(fresh).outcome());
        growBuckets();
        announce(request, XfrmMsg.NEWSA, fresh.snapshot());
    }

    /**
     * The event shows the state of the request, most of which a valid state did not take over; nor is its mark masked then,
     * for only what is stored is.
     */
    void update(Request request) {
        SecurityAssociation fresh = construct(request);
        StateResult result = states.update(fresh);
        require(result.outcome());
        XfrmState told = fresh.snapshot();
        boolean isStored = result.association().filter(fresh::equals).isPresent();
        Mark asItCame = MarkMapping.mark(request.attributes());
        announce(
                request,
                XfrmMsg.UPDSA,
                isStored ? told : told.toBuilder().mark(asItCame).build());
    }

    /** The state that a request describes, not yet in the table, with what it was used for elsewhere. */
    private SecurityAssociation construct(Request request) {
        SecurityAssociation fresh = states.construct(assemble(request));
        request.attributes()
                .find(Xfrma.LTIME_VAL)
                .map(attribute -> LifetimeMapping.toModel(attribute.struct(XfrmLifetimeCur.CODEC)))
                .ifPresent(fresh::current);
        setReports(request, fresh.reports());
        return fresh;
    }

    /** When its sequence numbers are told. */
    static void setReports(Request request, ReplayReports reports) {
        request.attributes().find(Xfrma.ETIMER_THRESH).map(Attribute::u32).ifPresent(reports::ticks);
        request.attributes().find(Xfrma.REPLAY_THRESH).map(Attribute::u32).ifPresent(reports::packets);
    }

    private static XfrmState assemble(Request request) {
        XfrmUsersaInfo info = request.body(XfrmUsersaInfo.CODEC);
        StateChecks.check(info, request.attributes());
        return StateAssembly.assemble(info, request.attributes());
    }

    private static void require(Outcome outcome) {
        switch (outcome) {
            case DONE -> {}
            case EXISTS -> throw RequestRefusedException.of(Errno.EEXIST);
            case NOT_FOUND -> throw RequestRefusedException.of(Errno.ESRCH);
            case IN_USE -> throw RequestRefusedException.of(Errno.EPERM);
            case INVALID -> throw RequestRefusedException.of(Errno.EINVAL);
        }
    }

    private void announce(Request request, int type, XfrmState state) {
        multicast.send(XfrmGroup.SA, request.event(type, writer -> StateCodec.encodeDump(state, writer)));
    }

    void delete(Request request) {
        SecurityAssociation doomed = find(request);
        XfrmState last = doomed.snapshot();
        require(states.remove(doomed));
        multicast.send(XfrmGroup.SA, request.event(XfrmMsg.DELSA, writer -> StateCodec.encodeDeleted(last, writer)));
    }

    void get(Request request) {
        XfrmState found = find(request).snapshot();
        request.reply(XfrmMsg.NEWSA, writer -> StateCodec.encodeDump(found, writer));
    }

    private SecurityAssociation find(Request request) {
        return lookup(request, request.body(XfrmUsersaId.CODEC))
                .orElseThrow(() -> RequestRefusedException.of(Errno.ESRCH));
    }

    /** The state that an id and a mark name; without SPI the source takes its place ({@code xfrm_user_state_lookup()}). */
    private Optional<SecurityAssociation> lookup(Request request, XfrmUsersaId raw) {
        IpProtocol protocol = new IpProtocol(Byte.toUnsignedInt(raw.proto()));
        if (protocol.isIpsec() || protocol.equals(IpProtocol.IPSEC_ANY)) {
            return findBySpi(request, raw);
        }
        if (!request.has(Xfrma.SRCADDR)) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        AddressAttribute source = request.required(Xfrma.SRCADDR).struct(AddressAttribute.CODEC);
        return family(raw.family())
                .flatMap(family -> states.findByEnds(
                        AddressMapping.toModel(raw.daddr(), family),
                        AddressMapping.toModel(source.address(), family),
                        protocol,
                        markKey(request)));
    }

    /** The state with this id under the request's mark; a family that no state has finds nothing. */
    Optional<SecurityAssociation> findBySpi(Request request, XfrmUsersaId raw) {
        return family(raw.family())
                .flatMap(family -> states.find(
                        new SaId(
                                AddressMapping.toModel(raw.daddr(), family),
                                new Spi(raw.spi()),
                                new IpProtocol(Byte.toUnsignedInt(raw.proto()))),
                        markKey(request)));
    }

    private static int markKey(Request request) {
        return MarkMapping.mark(request.attributes()).masked().value();
    }

    private static Optional<Family> family(short number) {
        return Family.of(Short.toUnsignedInt(number)).filter(family -> family != Family.UNSPEC);
    }

    /** Makes a state expire as if its time had come ({@code xfrm_add_sa_expire()}); the soft kind leaves no trace. */
    void expire(Request request) {
        XfrmUserExpire wanted = request.body(XfrmUserExpire.CODEC);
        XfrmUsersaInfo info = wanted.state();
        XfrmUsersaId id = new XfrmUsersaId(
                info.id().daddr(), info.id().spi(), info.family(), info.id().proto());
        SecurityAssociation association =
                findBySpi(request, id).orElseThrow(() -> RequestRefusedException.of(Errno.ENOENT));
        if (!association.isValid()) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        boolean hard = wanted.hard() != 0;
        multicast.send(XfrmGroup.EXPIRE, request.expiry(new XfrmEvent.StateExpired(association.snapshot(), hard)));
        if (hard) {
            states.remove(association);
        }
    }

    /** Reserves an SPI ({@code xfrm_alloc_userspi()}): host order bounds, network order result, and no event. */
    void allocateSpi(Request request) {
        XfrmUserspiInfo wanted = request.body(XfrmUserspiInfo.CODEC);
        XfrmUsersaInfo info = wanted.info();
        int protocol = Byte.toUnsignedInt(info.id().proto());
        boolean compression = protocol == IpProtocol.COMP.number();
        if (!new IpProtocol(protocol).isIpsec()
                || (compression && Integer.compareUnsigned(wanted.max(), 0xffff) > 0)
                || Integer.compareUnsigned(wanted.min(), wanted.max()) > 0) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        Family family = family(info.family()).orElseThrow(() -> RequestRefusedException.of(Errno.ENOENT));
        StateResult result = states.allocateSpi(larval(request, info, family), wanted.min(), wanted.max());
        XfrmState found = result.association()
                .orElseThrow(() -> RequestRefusedException.of(Errno.ENOENT))
                .snapshot();
        request.reply(XfrmMsg.NEWSA, writer -> StateCodec.encodeDump(found, writer));
    }

    private static XfrmState larval(Request request, XfrmUsersaInfo info, Family family) {
        IpAddress source = AddressMapping.toModel(info.saddr(), family);
        IpAddress destination = AddressMapping.toModel(info.id().daddr(), family);
        Mode mode = new Mode(Byte.toUnsignedInt(info.mode()));
        SaId id = new SaId(
                destination,
                Spi.NONE,
                new IpProtocol(Byte.toUnsignedInt(info.id().proto())));
        return XfrmState.builder(id, source)
                .selector(Selector.between(hostOfNoFamily(source), hostOfNoFamily(destination)))
                .mode(mode)
                .reqid(new Reqid(info.reqid()))
                .seq(info.seq())
                .limits(new LifetimeLimits(Limit.INFINITE, Limit.INFINITE, new Limit(0, ACQUIRE_SECONDS), Limit.NEVER))
                .mark(MarkMapping.mark(request.attributes()))
                .ifId(MarkMapping.ifId(request.attributes()))
                .build();
    }

    /** Such a selector has addresses and no family ({@code __find_acq_core()}), so that it fits every packet. */
    private static IpPrefix hostOfNoFamily(IpAddress address) {
        IpAddress words =
                new IpAddress(Family.UNSPEC, address.word0(), address.word1(), address.word2(), address.word3());
        return new IpPrefix(words, address.family().bits());
    }

    /** Nobody hears of a flush that found nothing. */
    void flush(Request request) {
        XfrmUsersaFlush flush = request.body(XfrmUsersaFlush.CODEC);
        if (states.flush(new IpProtocol(Byte.toUnsignedInt(flush.proto()))) > 0) {
            multicast.send(
                    XfrmGroup.SA, request.event(XfrmMsg.FLUSHSA, writer -> writer.body(XfrmUsersaFlush.CODEC, flush)));
        }
    }

    void dump(NetlinkMessage request, DumpWriter dump) {
        StateFilter filter = StateFilter.of(request);
        for (SecurityAssociation association : states.list()) {
            if (filter.covers(association.definition())) {
                XfrmState state = association.snapshot();
                dump.add(XfrmMsg.NEWSA, writer -> StateCodec.encodeDump(state, writer));
            }
        }
    }

    /** The number of states and the size of the hash table ({@code build_sadinfo()}); the flags come back as they were. */
    void info(Request request) {
        int flags = request.message().bytes().getInt(NetlinkMessage.HEADER);
        growBuckets();
        SadInfo info = new SadInfo(states.size(), buckets, MAX_BUCKETS);
        request.reply(XfrmMsg.NEWSADINFO, writer -> info.encode(flags, writer));
    }

    private void growBuckets() {
        while (states.size() >= buckets && buckets < MAX_BUCKETS) {
            buckets *= 2;
        }
    }
}
