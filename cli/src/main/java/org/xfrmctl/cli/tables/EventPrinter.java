package org.xfrmctl.cli.tables;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfrmctl.cli.output.ByteText;
import org.xfrmctl.cli.render.HeardEventJson;
import org.xfrmctl.cli.render.Json;
import org.xfrmctl.netlink.MalformedMessageException;
import org.xfrmctl.netlink.message.NetlinkMessage;
import org.xfrmctl.netlink.text.MonitorText;
import org.xfrmctl.netlink.xfrm.EventStream;
import org.xfrmctl.netlink.xfrm.XfrmEvent;

/** Prints events as they come: the text of {@code ip xfrm monitor}, or one line of JSON for each. */
public final class EventPrinter implements EventStream.Receiver {
    private final Printing printing;
    private final Front front;
    private final MonitorText text;
    private final PrintWriter out;
    private final PrintWriter err;
    private final StringBuilder line = new StringBuilder();
    private boolean unread;

    /**
     * What stands in front of an event.
     *
     * @param clock tells when it was printed
     * @param stamp how to print that
     * @param namespaces whether to tell where it came from
     */
    public record Front(InstantSource clock, MonitorText.Stamp stamp, boolean namespaces) {}

    public EventPrinter(Printing printing, Front front, PrintWriter out, PrintWriter err) {
        this.printing = printing;
        this.front = front;
        this.text = new MonitorText(printing.text(), front.clock, front.stamp);
        this.out = out;
        this.err = err;
    }

    @Override
    public void message(NetlinkMessage message, OptionalInt namespace) {
        if (printing.json()) {
            printJson(message, namespace);
        } else {
            printText(message, namespace);
        }
        unread = out.checkError();
    }

    /** Whether nobody reads on, as behind {@code | head}: then there is nothing left to do. */
    public boolean isUnread() {
        return unread;
    }

    private void printText(NetlinkMessage message, OptionalInt namespace) {
        line.setLength(0);
        (front.namespaces ? text.print(message, namespace, line) : text.print(message, line)).forEach(err::println);
        out.print(ByteText.of(line));
    }

    private void printJson(NetlinkMessage message, OptionalInt namespace) {
        try {
            HeardEventJson.Circumstances around = new HeardEventJson.Circumstances(
                    time(), namespace, message.sequence(), message.header().pid());
            out.println(Json.printLine(HeardEventJson.of(XfrmEvent.decode(message), around, printing.showsKeys())));
        } catch (MalformedMessageException e) {
            err.println("xfrmctl: a message is not what its type says: " + e.getMessage());
        }
    }

    private Optional<Instant> time() {
        return front.stamp == MonitorText.Stamp.NONE ? Optional.empty() : Optional.of(front.clock.instant());
    }

    /** Events that a listener is too slow for are not told again. */
    @Override
    public void lost() {
        if (printing.json()) {
            out.println(Json.printLine(HeardEventJson.lost(time())));
            out.flush();
        }
        err.println(
                "xfrmctl: events were lost: they came faster than they were printed; those that follow may be older");
        err.flush();
    }
}
