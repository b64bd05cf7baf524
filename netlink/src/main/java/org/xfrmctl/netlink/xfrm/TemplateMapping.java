package org.xfrmctl.netlink.xfrm;

import java.util.ArrayList;
import java.util.List;
import org.xfrmctl.model.Family;
import org.xfrmctl.model.Level;
import org.xfrmctl.model.Reqid;
import org.xfrmctl.model.Template;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.Attribute;
import org.xfrmctl.netlink.message.Attributes;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.uapi.XfrmUserTmpl;
import org.xfrmctl.netlink.uapi.Xfrma;

/** The templates of a policy, all in one {@code XFRMA_TMPL}. */
public final class TemplateMapping {
    private TemplateMapping() {}

    /** The raw templates, for checks before they are mapped. A partial one at the end is ignored, as kernels do. */
    public static List<XfrmUserTmpl> readRaw(Attributes attributes) {
        return attributes.find(Xfrma.TMPL).map(TemplateMapping::structs).orElseGet(List::of);
    }

    private static List<XfrmUserTmpl> structs(Attribute attribute) {
        int size = XfrmUserTmpl.CODEC.size();
        if (attribute.length() < size) {
            throw new MalformedMessageException("xfrm_user_tmpl", 0, "has " + attribute.length() + " bytes");
        }
        List<XfrmUserTmpl> structs = new ArrayList<>();
        for (int offset = 0; offset + size <= attribute.length(); offset += size) {
            structs.add(XfrmUserTmpl.CODEC.read(attribute.payload(), offset));
        }
        return structs;
    }

    /** The templates of a policy. By a loop: one stream for each entry took a tenth of the time of a large dump. */
    static List<Template> read(Attributes attributes, Family ofSelector) {
        List<Template> templates = new ArrayList<>();
        for (XfrmUserTmpl raw : readRaw(attributes)) {
            templates.add(toModel(raw, ofSelector));
        }
        return templates;
    }

    /** Maps a template; family 0 means that of the policy's selector ({@code validate_tmpl()}). */
    public static Template toModel(XfrmUserTmpl raw, Family ofSelector) {
        Family stated = AddressMapping.family("xfrm_user_tmpl", raw.family());
        Family family = stated == Family.UNSPEC ? ofSelector : stated;
        return new Template(
                StateReader.id(raw.id(), family),
                AddressMapping.toModel(raw.saddr(), family),
                new Reqid(raw.reqid()),
                StateReader.mode(raw.mode()),
                new Level(Byte.toUnsignedInt(raw.optional())),
                new Template.AlgorithmMasks(raw.aalgos(), raw.ealgos(), raw.calgos()),
                Byte.toUnsignedInt(raw.share()));
    }

    public static XfrmUserTmpl toWire(Template template) {
        return new XfrmUserTmpl(
                StateWriter.id(template.id()),
                (short) template.family().number(),
                AddressMapping.toWire(template.source()),
                template.reqid().bits(),
                (byte) template.mode().number(),
                (byte) template.share(),
                (byte) template.level().number(),
                template.masks().authentication(),
                template.masks().encryption(),
                template.masks().compression());
    }

    /** Writes {@code XFRMA_TMPL}, unless there are no templates. */
    public static void write(List<Template> templates, MessageWriter out) {
        if (templates.isEmpty()) {
            return;
        }
        int size = XfrmUserTmpl.CODEC.size();
        out.attribute(Xfrma.TMPL, size * templates.size(), payload -> {
            for (int i = 0; i < templates.size(); i++) {
                XfrmUserTmpl.CODEC.write(payload, i * size, toWire(templates.get(i)));
            }
        });
    }
}
