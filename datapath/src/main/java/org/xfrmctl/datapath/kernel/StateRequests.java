package org.xfrmctl.datapath.kernel;

import java.util.Optional;
import org.xfrmctl.datapath.engine.Outcome;
import org.xfrmctl.datapath.engine.SecurityAssociation;
import org.xfrmctl.datapath.engine.StateResult;
import org.xfrmctl.datapath.engine.StateTable;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.LifetimeCurrent;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.SaId;
import org.xfrmctl.model.Spi;
import org.xfrmctl.model.XfrmState;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmLifetimeCur;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUsersaFlush;
import org.xfrmctl.netlink.uapi.XfrmUsersaId;
import org.xfrmctl.netlink.uapi.XfrmUsersaInfo;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.AddressAttribute;
import org.xfrmctl.netlink.xfrm.AddressMapping;
import org.xfrmctl.netlink.xfrm.LifetimeMapping;
import org.xfrmctl.netlink.xfrm.MarkMapping;
import org.xfrmctl.netlink.xfrm.SadInfo;
import org.xfrmctl.netlink.xfrm.StateCodec;

/** Requests that concern states ({@code net/xfrm/xfrm_user.c}). Called with the namespace's lock held. */
final class StateRequests {
    private static final int MAX_BUCKETS = 1 << 20;

    private final XfrmNamespace namespace;
    private final StateTable states;
    private final Multicast multicast;
    /** The kernel's hash table doubles with its content and never shrinks. */
    private int buckets = 8;

    StateRequests(XfrmNamespace namespace, Multicast multicast) {
        this.namespace = namespace;
        this.states = namespace.states();
        this.multicast = multicast;
    }

    void add(Request request) {
        SecurityAssociation added = require(states.insert(assemble(request)));
        request.attributes()
                .find(Xfrma.LTIME_VAL)
                .map(attribute -> LifetimeMapping.toModel(attribute.struct(XfrmLifetimeCur.CODEC)))
                .ifPresent(added::current);
        growBuckets();
        announce(request, XfrmMsg.NEWSA, added.snapshot());
    }

    /** The event shows the state of the request, most of which a valid state did not take over. */
    void update(Request request) {
        XfrmState wanted = assemble(request);
        require(states.update(wanted));
        LifetimeCurrent fresh = new LifetimeCurrent(0, 0, namespace.seconds(), 0);
        announce(request, XfrmMsg.UPDSA, wanted.toBuilder().current(fresh).build());
    }

    private static XfrmState assemble(Request request) {
        XfrmUsersaInfo info = request.body(XfrmUsersaInfo.CODEC);
        StateChecks.check(info, request.attributes());
        return StateAssembly.assemble(info, request.attributes());
    }

    private static SecurityAssociation require(StateResult result) {
        require(result.outcome());
        return result.association().orElseThrow();
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

    /** The state that an id and a mark name; without SPI the source takes its place ({@code xfrm_user_state_lookup()}). */
    private SecurityAssociation find(Request request) {
        XfrmUsersaId raw = request.body(XfrmUsersaId.CODEC);
        IpProtocol protocol = new IpProtocol(Byte.toUnsignedInt(raw.proto()));
        if (!protocol.isIpsec() && !request.has(Xfrma.SRCADDR)) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        Mark mark = MarkMapping.mark(request.attributes());
        int key = mark.value() & mark.mask();
        return Family.of(Short.toUnsignedInt(raw.family()))
                .filter(family -> family != Family.UNSPEC)
                .flatMap(family -> find(request, AddressMapping.toModel(raw.daddr(), family), protocol, raw.spi(), key))
                .orElseThrow(() -> RequestRefusedException.of(Errno.ESRCH));
    }

    private Optional<SecurityAssociation> find(
            Request request, IpAddress destination, IpProtocol protocol, int spi, int mark) {
        if (protocol.isIpsec()) {
            return states.find(new SaId(destination, new Spi(spi), protocol), mark);
        }
        AddressAttribute source = request.required(Xfrma.SRCADDR).struct(AddressAttribute.CODEC);
        return states.findByEnds(
                destination, AddressMapping.toModel(source.address(), destination.family()), protocol, mark);
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
