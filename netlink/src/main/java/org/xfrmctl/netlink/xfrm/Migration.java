package org.xfrmctl.netlink.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfrmctl.model.Encap;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.IpAddress;
import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.model.Mark;
import org.xfrmctl.model.Mode;
import org.xfrmctl.model.PolicyKey;
import org.xfrmctl.model.PolicyType;
import org.xfrmctl.model.RawAttribute;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.uapi.XfrmUserKmaddress;
import org.xfrmctl.netlink.uapi.XfrmUserMigrate;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * Other ends for a policy's tunnels and their states ({@code XFRM_MSG_MIGRATE}, RFC 4555): a request and an event.
 *
 * @param policy which one; its mark is not part of the message
 * @param moves which states go where, at least one
 * @param keyManager the ends of the key exchange, which the kernel hands on
 * @param encap other UDP ports for the states
 * @param other attributes that are not interpreted
 */
public record Migration(
        PolicyKey policy,
        List<Move> moves,
        Optional<KmAddresses> keyManager,
        Optional<Encap> encap,
        List<RawAttribute> other) {
    private static final Set<Integer> KNOWN =
            Set.of(Xfrma.MIGRATE, Xfrma.KMADDRESS, Xfrma.ENCAP, Xfrma.POLICY_TYPE, Xfrma.IF_ID, Xfrma.PAD);

    /** The states between two ends, with this protocol, mode and reqid ({@link Reqid#NONE} is any), and their new ends. */
    public record Move(Ends from, Ends to, IpProtocol protocol, Mode mode, Reqid reqid) {}

    /** Where packets come from and go to. */
    public record Ends(IpAddress source, IpAddress destination) {
        public Ends {
            if (source.family() != destination.family()) {
                throw new IllegalArgumentException("ends mix " + source + " and " + destination);
            }
        }
    }

    /** Where the key exchange daemons are to be found. */
    public record KmAddresses(IpAddress local, IpAddress remote) {
        public KmAddresses {
            if (local.family() != remote.family()) {
                throw new IllegalArgumentException("key manager mixes " + local + " and " + remote);
            }
        }
    }

    public Migration {
        moves = List.copyOf(moves);
        other = List.copyOf(other);
        if (moves.isEmpty() || !policy.mark().isNone()) {
            throw new IllegalArgumentException(
                    moves.isEmpty() ? "a migration moves nothing" : "a migration cannot name a mark: " + policy);
        }
    }

    /**
     * Reads MIGRATE. An event has one attribute for each move, a request one for all.
     *
     * @throws MalformedMessageException if it is none
     */
    public static Migration decode(NetlinkMessage message) {
        XfrmUserpolicyId id = message.body(XfrmUserpolicyId.CODEC);
        Attributes attributes = message.attributes(XfrmUserpolicyId.CODEC.size());
        List<Move> moves = new ArrayList<>();
        for (Attribute attribute : attributes) {
            if (attribute.type() == Xfrma.MIGRATE) {
                read(attribute, moves);
            }
        }
        if (moves.isEmpty()) {
            throw new MalformedMessageException("MIGRATE", 0, "lacks " + Xfrma.name(Xfrma.MIGRATE));
        }
        Family family = moves.get(0).to().source().family();
        return new Migration(
                new PolicyKey(
                        PolicyCodec.direction(id.dir()),
                        PolicyCodec.type(attributes).orElse(PolicyType.MAIN),
                        SelectorMapping.toModel(id.sel()),
                        Mark.NONE,
                        MarkMapping.ifId(attributes)),
                moves,
                attributes.find(Xfrma.KMADDRESS).map(Migration::keyManager),
                attributes.find(Xfrma.ENCAP).map(attribute -> OptionsReader.encap(attribute, family)),
                OtherAttributes.of(attributes, KNOWN));
    }

    private static void read(Attribute attribute, List<Move> moves) {
        int size = XfrmUserMigrate.CODEC.size();
        for (int offset = 0; offset + size <= attribute.length(); offset += size) {
            XfrmUserMigrate raw = XfrmUserMigrate.CODEC.read(attribute.payload(), offset);
            Family before = AddressMapping.family("xfrm_user_migrate", raw.oldFamily());
            Family after = AddressMapping.family("xfrm_user_migrate", raw.newFamily());
            moves.add(new Move(
                    new Ends(
                            AddressMapping.toModel(raw.oldSaddr(), before),
                            AddressMapping.toModel(raw.oldDaddr(), before)),
                    new Ends(
                            AddressMapping.toModel(raw.newSaddr(), after),
                            AddressMapping.toModel(raw.newDaddr(), after)),
                    new IpProtocol(Byte.toUnsignedInt(raw.proto())),
                    StateReader.mode(raw.mode()),
                    new Reqid(raw.reqid())));
        }
    }

    private static KmAddresses keyManager(Attribute attribute) {
        XfrmUserKmaddress raw = attribute.struct(XfrmUserKmaddress.CODEC);
        Family family = AddressMapping.family("xfrm_user_kmaddress", raw.family());
        return new KmAddresses(
                AddressMapping.toModel(raw.local(), family), AddressMapping.toModel(raw.remote(), family));
    }

    /** Writes the request: all moves in one attribute. */
    public void encodeRequest(MessageWriter out) {
        PolicyCodec.encodeName(policy.selector(), 0, policy.direction(), out);
        PolicyCodec.writeSubType(policy.type(), out);
        int size = XfrmUserMigrate.CODEC.size();
        out.attribute(Xfrma.MIGRATE, size * moves.size(), payload -> {
            for (int i = 0; i < moves.size(); i++) {
                XfrmUserMigrate.CODEC.write(payload, i * size, raw(moves.get(i)));
            }
        });
        keyManager.ifPresent(manager -> write(manager, out));
        encap.ifPresent(ports -> OptionsWriter.write(ports, out));
        MarkMapping.write(policy.ifId(), out);
        OtherAttributes.write(other, out);
    }

    /** Writes the event: an attribute for each move, behind the rest ({@code build_migrate()}). */
    public void encodeEvent(MessageWriter out) {
        PolicyCodec.encodeName(policy.selector(), 0, policy.direction(), out);
        keyManager.ifPresent(manager -> write(manager, out));
        encap.ifPresent(ports -> OptionsWriter.write(ports, out));
        PolicyCodec.writeType(policy.type(), out);
        moves.forEach(move -> out.attribute(Xfrma.MIGRATE, XfrmUserMigrate.CODEC, raw(move)));
        MarkMapping.write(policy.ifId(), out);
        OtherAttributes.write(other, out);
    }

    private static void write(KmAddresses manager, MessageWriter out) {
        out.attribute(
                Xfrma.KMADDRESS,
                XfrmUserKmaddress.CODEC,
                new XfrmUserKmaddress(
                        AddressMapping.toWire(manager.local), AddressMapping.toWire(manager.remote), 0, (short)
                                manager.local.family().number()));
    }

    private static XfrmUserMigrate raw(Move move) {
        return new XfrmUserMigrate(
                AddressMapping.toWire(move.from.destination),
                AddressMapping.toWire(move.from.source),
                AddressMapping.toWire(move.to.destination),
                AddressMapping.toWire(move.to.source),
                (byte) move.protocol.number(),
                (byte) move.mode.number(),
                (short) 0,
                move.reqid.bits(),
                (short) move.from.source.family().number(),
                (short) move.to.source.family().number());
    }

    @Override
    public String toString() {
        return policy + " " + moves;
    }
}
