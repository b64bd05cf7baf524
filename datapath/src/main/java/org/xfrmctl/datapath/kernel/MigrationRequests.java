package org.xfrmctl.datapath.kernel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfrmctl.datapath.engine.Migration;
import org.xfrmctl.datapath.engine.Outcome;
import org.xfrmctl.datapath.engine.PolicyEntry;
import org.xfrmctl.datapath.engine.StateMove;
import org.xfrmctl.datapath.engine.XfrmNamespace;
import org.xfrmctl.model.Direction;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Selector;
import org.xfrmctl.netlink.Errno;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.StructCodec;
import org.xfrmctl.netlink.struct.XfrmAddress;
import org.xfrmctl.netlink.uapi.XfrmEncapTmpl;
import org.xfrmctl.netlink.uapi.XfrmGroup;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmSelector;
import org.xfrmctl.netlink.uapi.XfrmUserKmaddress;
import org.xfrmctl.netlink.uapi.XfrmUserMigrate;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.Xfrma;
import org.xfrmctl.netlink.xfrm.AddressMapping;
import org.xfrmctl.netlink.xfrm.MarkMapping;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.SelectorMapping;

/** Other ends for a policy and its states ({@code xfrm_do_migrate()}). No refusal but that of the type has a text. */
final class MigrationRequests {
    private static final int MAX_MOVES = 6;

    private final XfrmNamespace namespace;
    private final Multicast multicast;

    MigrationRequests(XfrmNamespace namespace, Multicast multicast) {
        this.namespace = namespace;
        this.multicast = multicast;
    }

    void migrate(Request request) {
        if (!request.has(Xfrma.MIGRATE)) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        PolicyType type = PolicyChecks.type(request.attributes());
        List<XfrmUserMigrate> moves = moves(request.required(Xfrma.MIGRATE));
        check(moves);
        XfrmUserpolicyId id = request.body(XfrmUserpolicyId.CODEC);
        if (Byte.toUnsignedInt(id.dir()) > Direction.FWD.number()) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        PolicyEntry policy = find(request, id, type).orElseThrow(() -> RequestRefusedException.of(Errno.ENOENT));
        Migration migration = new Migration(
                moves.stream().map(MigrationRequests::toModel).toList(),
                encap(request),
                MarkMapping.ifId(request.attributes()));
        if (migration.apply(namespace, policy) != Outcome.DONE) {
            throw RequestRefusedException.of(Errno.ENODATA);
        }
        multicast.send(
                XfrmGroup.MIGRATE, request.anonymous(XfrmMsg.MIGRATE, out -> write(request, id, type, moves, out)));
    }

    /** All in one attribute; a partial one at the end is ignored. */
    private static List<XfrmUserMigrate> moves(Attribute attribute) {
        int size = XfrmUserMigrate.CODEC.size();
        int count = attribute.length() / size;
        if (count > MAX_MOVES) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
        List<XfrmUserMigrate> moves = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            moves.add(XfrmUserMigrate.CODEC.read(attribute.payload(), i * size));
        }
        return moves;
    }

    /** Both new ends are known, and no two moves have the same old ones ({@code xfrm_migrate_check()}). */
    private static void check(List<XfrmUserMigrate> moves) {
        long different =
                moves.stream().map(MigrationRequests::withoutEnd).distinct().count();
        boolean unknown = moves.stream().anyMatch(move -> isAny(move.newDaddr(), move) || isAny(move.newSaddr(), move));
        if (unknown || different < moves.size()) {
            throw RequestRefusedException.of(Errno.EINVAL);
        }
    }

    private static boolean isAny(XfrmAddress address, XfrmUserMigrate move) {
        return Family.of(Short.toUnsignedInt(move.newFamily()))
                .filter(family -> family != Family.UNSPEC)
                .filter(family -> AddressMapping.toModel(address, family).isAny())
                .isPresent();
    }

    private static XfrmUserMigrate withoutEnd(XfrmUserMigrate move) {
        XfrmAddress none = AddressMapping.toWire(IpAddress.UNSPEC);
        return new XfrmUserMigrate(
                move.oldDaddr(),
                move.oldSaddr(),
                none,
                none,
                move.proto(),
                move.mode(),
                (short) 0,
                move.reqid(),
                move.oldFamily(),
                (short) 0);
    }

    private Optional<PolicyEntry> find(Request request, XfrmUserpolicyId id, PolicyType type) {
        return Family.of(Short.toUnsignedInt(id.sel().family()))
                .filter(family -> family == Family.UNSPEC || canBe(id.sel(), family))
                .map(family -> SelectorMapping.toModel(id.sel()))
                .filter(selector -> selector.proto().equals(IpProtocol.IPSEC_ANY) || isAllOf(selector, request))
                .flatMap(selector -> namespace
                        .policies()
                        .findToMove(
                                Direction.of(id.dir()).orElseThrow(),
                                type,
                                selector,
                                MarkMapping.ifId(request.attributes())));
    }

    /** No policy has a prefix that is longer than an address. */
    private static boolean canBe(XfrmSelector selector, Family family) {
        return Byte.toUnsignedInt(selector.prefixlenS()) <= family.bits()
                && Byte.toUnsignedInt(selector.prefixlenD()) <= family.bits();
    }

    /**
     * Whether nothing else stands in the request's selector, not even where its struct has padding and its addresses are
     * short: it is compared byte for byte ({@code xfrm_migrate_selector_match()}).
     */
    private static boolean isAllOf(Selector selector, Request request) {
        int size = XfrmSelector.CODEC.size();
        ByteBuffer meant =
                ByteBuffer.allocate(size).order(request.message().bytes().order());
        XfrmSelector.CODEC.write(meant, 0, SelectorMapping.toWire(selector));
        return meant.equals(request.message().bytes().slice(NetlinkMessage.HEADER, size));
    }

    /** In a family that is none, no state can live. */
    private static StateMove toModel(XfrmUserMigrate move) {
        return new StateMove(
                ends(move.oldSaddr(), move.oldDaddr(), move.oldFamily()),
                ends(move.newSaddr(), move.newDaddr(), move.newFamily()),
                new IpProtocol(Byte.toUnsignedInt(move.proto())),
                new Mode(Byte.toUnsignedInt(move.mode())),
                new Reqid(move.reqid()));
    }

    private static StateMove.Ends ends(XfrmAddress source, XfrmAddress destination, short number) {
        Family family = Family.of(Short.toUnsignedInt(number))
                .filter(known -> known != Family.UNSPEC)
                .orElseThrow(() -> RequestRefusedException.of(Errno.ENODATA));
        return new StateMove.Ends(AddressMapping.toModel(source, family), AddressMapping.toModel(destination, family));
    }

    private static Optional<Encap> encap(Request request) {
        return request.attributes()
                .find(Xfrma.ENCAP)
                .map(attribute -> attribute.struct(XfrmEncapTmpl.CODEC))
                .map(raw -> new Encap(
                        Short.toUnsignedInt(raw.encapType()),
                        Short.toUnsignedInt(raw.encapSport()),
                        Short.toUnsignedInt(raw.encapDport()),
                        AddressMapping.toModel(raw.encapOa(), Family.INET)));
    }

    /** The event repeats the request, with an attribute for each move ({@code build_migrate()}). */
    private static void write(
            Request request, XfrmUserpolicyId id, PolicyType type, List<XfrmUserMigrate> moves, MessageWriter out) {
        out.body(XfrmUserpolicyId.CODEC, new XfrmUserpolicyId(id.sel(), 0, id.dir()));
        repeat(request, Xfrma.KMADDRESS, XfrmUserKmaddress.CODEC, out);
        repeat(request, Xfrma.ENCAP, XfrmEncapTmpl.CODEC, out);
        PolicyCodec.writeType(type, out);
        for (XfrmUserMigrate move : moves) {
            out.attribute(Xfrma.MIGRATE, XfrmUserMigrate.CODEC, withoutReserved(move));
        }
    }

    private static <T extends Record> void repeat(
            Request request, int attribute, StructCodec<T> codec, MessageWriter out) {
        request.attributes().find(attribute).ifPresent(found -> out.attribute(attribute, codec, found.struct(codec)));
    }

    private static XfrmUserMigrate withoutReserved(XfrmUserMigrate move) {
        return new XfrmUserMigrate(
                move.oldDaddr(),
                move.oldSaddr(),
                move.newDaddr(),
                move.newSaddr(),
                move.proto(),
                move.mode(),
                (short) 0,
                move.reqid(),
                move.oldFamily(),
                move.newFamily());
    }
}
