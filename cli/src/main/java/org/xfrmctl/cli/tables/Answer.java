package org.xfrmctl.cli.tables;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.xfrmctl.cli.output.ByteText;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.cli.render.PolicyJson;
import org.xfrmctl.cli.render.StateJson;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.MessageText;
import org.xfrmctl.netlink.xfrm.PolicyCodec;
import org.xfrmctl.netlink.xfrm.StateCodec;

/** Where the answer to a command goes, and as what: the text of {@code ip xfrm} or JSON. */
final class Answer {
    private final Printing printing;
    private final PrintWriter out;
    private final PrintWriter err;

    Answer(Printing printing, PrintWriter out, PrintWriter err) {
        this.printing = printing;
        this.out = out;
        this.err = err;
    }

    Printing printing() {
        return printing;
    }

    Listing states() {
        return listing(this::state);
    }

    Listing policies() {
        return listing(Answer::policy);
    }

    private Listing listing(Function<NetlinkMessage, Map<String, Object>> json) {
        return printing.json() ? new JsonListing(json, out) : new TextListing(printing.text(), out, err);
    }

    void oneState(NetlinkMessage message) {
        one(message, this::state);
    }

    void onePolicy(NetlinkMessage message) {
        one(message, Answer::policy);
    }

    private Map<String, Object> state(NetlinkMessage message) {
        return StateJson.of(StateCodec.decode(message), printing.showsKeys());
    }

    private static Map<String, Object> policy(NetlinkMessage message) {
        return PolicyJson.of(PolicyCodec.decode(message));
    }

    private void one(NetlinkMessage message, Function<NetlinkMessage, Map<String, Object>> json) {
        print(() -> ByteText.of(new MessageText(printing.text()).print(message)), () -> json.apply(message));
    }

    /** {@code text} ends with a line break. */
    void print(Supplier<String> text, Supplier<Map<String, Object>> json) {
        if (printing.json()) {
            out.println(Json.print(json.get()));
        } else {
            out.print(text.get());
        }
    }

    /** Something for people alone. */
    void remark(String line) {
        err.println(line);
    }
}
