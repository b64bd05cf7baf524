package org.xfrmctl.netlink.text;

import java.util.List;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.TextOptions.Keys;
import org.xfrmctl.netlink.text.TextOptions.Version;
import org.xfrmctl.netlink.uapi.Netlink;
import org.xfrmctl.netlink.uapi.XfrmMsg;
import org.xfrmctl.netlink.uapi.XfrmUserpolicyDefault;
import org.xfrmctl.netlink.xfrm.PolicyCodec;

/**
 * Prints messages of NETLINK_XFRM, dumped or multicast, byte for byte as {@code ip xfrm monitor} and {@code ip xfrm
 * state|policy list} do: whatever a message says, sensible or not, for it never becomes a value of the model.
 *
 * <p>The text's characters are bytes where a message has text (labels, names of algorithms): written as ISO 8859-1 it is
 * what {@code ip} writes. An object has no state: threads may share it.
 */
public final class MessageText {
    private final TextOptions options;

    public MessageText(TextOptions options) {
        this.options = options;
    }

    /**
     * Appends the message's text, which ends with a line break; nothing for control messages. A dump is printed with one
     * builder, emptied now and then.
     *
     * @return what is broken about the message, which {@code ip} writes to standard error in words of its own; the text
     *     then ends where {@code ip} gives up
     */
    public List<String> print(NetlinkMessage message, StringBuilder text) {
        TextPage page = new TextPage(text, options);
        print(new MessageView(message, options.keys() == Keys.SHOWN), message, page);
        return page.complaints();
    }

    /** The text alone. */
    public String print(NetlinkMessage message) {
        StringBuilder text = new StringBuilder(512);
        print(message, text);
        return text.toString();
    }

    private static void print(MessageView view, NetlinkMessage message, TextPage page) {
        switch (message.type()) {
            case XfrmMsg.NEWSA, XfrmMsg.UPDSA -> StateMessages.printNew(page, view, message.type());
            case XfrmMsg.DELSA -> StateMessages.printDeleted(page, view);
            case XfrmMsg.EXPIRE -> StateMessages.printExpired(page, view);
            case XfrmMsg.NEWPOLICY, XfrmMsg.UPDPOLICY -> PolicyMessages.printNew(page, view, message.type());
            case XfrmMsg.DELPOLICY -> PolicyMessages.printDeleted(page, view);
            case XfrmMsg.POLEXPIRE -> PolicyMessages.printExpired(page, view);
            case XfrmMsg.ACQUIRE -> AcquireLines.print(page, view);
            case XfrmMsg.FLUSHSA -> FlushLine.printStates(page, view);
            case XfrmMsg.FLUSHPOLICY -> FlushLine.printPolicies(page, view);
            case XfrmMsg.REPORT -> ReportLines.print(page, view);
            case XfrmMsg.NEWAE -> AsyncEventLines.print(page, view);
            case XfrmMsg.MAPPING -> MappingLines.print(page, view);
            case XfrmMsg.GETDEFAULT -> {
                if (view.hasBody(page, XfrmUserpolicyDefault.CODEC)) {
                    page.put(DefaultsText.print(PolicyCodec.defaults(message)));
                }
            }
            case Netlink.NLMSG_ERROR, Netlink.NLMSG_NOOP, Netlink.NLMSG_DONE -> {}
            case XfrmMsg.MIGRATE -> {
                if (page.atLeast(Version.EXTENDED)) {
                    MigrateLines.print(page, view, message);
                } else {
                    unknown(page, message);
                }
            }
            default -> unknown(page, message);
        }
    }

    /** Length, type and flags. */
    private static void unknown(TextPage page, NetlinkMessage message) {
        page.put("Unknown message: ").wideDecimal(message.bytes().limit());
        page.put(" 0x")
                .hex(message.type(), 8)
                .put(" 0x")
                .hex(message.flags(), 8)
                .put('\n');
    }
}
