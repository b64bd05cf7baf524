package org.xfrmctl.netlink.text;

import org.xfrmctl.model.IpProtocol;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.struct.XfrmAddress;
import org.xfrmctl.netlink.text.AttributeLines.Owner;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.XfrmUserKmaddress;
import org.xfrmctl.netlink.uapi.XfrmUserMigrate;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyId;
import org.xfrmctl.netlink.uapi.Xfrma;

/**
 * States and templates of a policy that go on with other addresses (MIGRATE). No release of iproute2 shows it, so this is
 * the form of {@link Version#EXTENDED} alone, made of the words that {@code ip} has for a policy:
 *
 * <pre>
 * Migrated src 10.12.0.0/16 dst 10.11.0.0/16
 *         dir out ptype main
 *         migrate proto esp reqid 320 mode tunnel
 *                 old src 192.0.2.1 dst 192.0.2.15
 *                 new src 192.0.2.1 dst 192.0.2.14
 *         kmaddress local 192.0.2.1 remote 192.0.2.14
 *         encap type espinudp sport 4500 dport 4500 addr 0.0.0.0
 * </pre>
 *
 * <p>With statistics {@code dir} is followed by the policy's {@code index}.
 */
final class MigrateLines {
    private final TextPage page;

    private MigrateLines(TextPage page) {
        this.page = page;
    }

    static void print(TextPage page, MessageView view, NetlinkMessage message) {
        if (view.hasBody(page, XfrmUserpolicyId.CODEC)) {
            new MigrateLines(page).print(view, message);
        }
    }

    private void print(MessageView view, NetlinkMessage message) {
        XfrmUserpolicyId policy = view.body(XfrmUserpolicyId.CODEC);
        FirstAttributes attributes = FirstAttributes.behind(XfrmUserpolicyId.CODEC, view, page);
        page.put("Migrated ");
        new SelectorLine(page, view).print(policy.sel(), (short) 0);
        page.put('\t');
        PolicyLines.direction(page, Byte.toUnsignedInt(policy.dir()));
        if (page.statistics()) {
            page.put("index ").unsigned(policy.index()).put(' ');
        }
        PolicyLines.type(page, attributes);
        page.newline();
        // A request has all moves in one attribute, an event one in each.
        for (Attribute attribute : message.attributesUpToFault(XfrmUserpolicyId.CODEC.size())) {
            if (attribute.type() == Xfrma.MIGRATE && attributes.has(Xfrma.MIGRATE)) {
                moves(attribute);
            }
        }
        if (attributes.has(Xfrma.KMADDRESS) && attributes.holds(page, Xfrma.KMADDRESS, XfrmUserKmaddress.CODEC)) {
            keyManager(attributes.struct(Xfrma.KMADDRESS, XfrmUserKmaddress.CODEC));
        }
        new AttributeLines(page, "\t", attributes, Owner.POLICY)
                .print(policy.sel().family());
        page.finish();
    }

    private void moves(Attribute attribute) {
        int size = XfrmUserMigrate.CODEC.size();
        for (int at = 0; at + size <= attribute.length(); at += size) {
            move(XfrmUserMigrate.CODEC.read(attribute.payload(), at));
        }
    }

    private void move(XfrmUserMigrate move) {
        page.put("\tmigrate proto ").put(new IpProtocol(Byte.toUnsignedInt(move.proto())).toString());
        page.put(" reqid ").unsigned(move.reqid()).put(" mode ");
        IdLines.mode(page, move.mode());
        page.newline();
        addresses("old", move.oldFamily(), move.oldSaddr(), move.oldDaddr());
        addresses("new", move.newFamily(), move.newSaddr(), move.newDaddr());
    }

    private void addresses(String which, short family, XfrmAddress source, XfrmAddress destination) {
        int number = Short.toUnsignedInt(family);
        page.put("\t\t").put(which).put(" src ").address(number, source);
        page.put(" dst ").address(number, destination).newline();
    }

    private void keyManager(XfrmUserKmaddress address) {
        int family = Short.toUnsignedInt(address.family());
        page.put("\tkmaddress local ").address(family, address.local());
        page.put(" remote ").address(family, address.remote()).newline();
    }
}
