package org.xfrmctl.cli.tables;

import java.io.PrintWriter;
import org.xfrmctl.cli.output.ByteText;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.MessageText;
import org.xfrmctl.netlink.text.TextOptions;

/** The text of {@code ip xfrm}. */
final class TextListing implements Listing {
    private static final int ENOUGH = 32 * 1024;

    private final MessageText messages;
    private final PrintWriter out;
    private final PrintWriter err;
    private final StringBuilder text = new StringBuilder();

    TextListing(TextOptions options, PrintWriter out, PrintWriter err) {
        this.messages = new MessageText(options);
        this.out = out;
        this.err = err;
    }

    @Override
    public void add(NetlinkMessage message) {
        messages.print(message, text).forEach(err::println);
        if (text.length() >= ENOUGH) {
            print();
        }
    }

    @Override
    public void end() {}

    @Override
    public void close() {
        print();
        out.flush();
    }

    private void print() {
        out.print(ByteText.of(text));
        text.setLength(0);
    }
}
