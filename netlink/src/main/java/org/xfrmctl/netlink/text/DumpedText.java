package org.xfrmctl.netlink.text;

import java.util.function.Consumer;
import org.xfrmctl.netlink.message.MessageWriter;
import org.xfrmctl.netlink.message.NetlinkMessage;

/** Values of the model, printed by way of a message: there is one printer, and that is for messages. */
final class DumpedText {
    private DumpedText() {}

    /** The message has keys, shown or not, so it is wiped afterwards. */
    static String print(int type, Consumer<MessageWriter> content, TextOptions options) {
        MessageWriter writer = new MessageWriter();
        try {
            writer.begin(type, 0, 0, 0);
            content.accept(writer);
            writer.end();
            NetlinkMessage message = NetlinkMessage.split(writer.datagram()).get(0);
            return new MessageText(options).print(message);
        } finally {
            writer.clear();
        }
    }
}
