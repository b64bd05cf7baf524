package org.xfrmctl.cli.tables;

import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import org.xfrmctl.cli.render.JsonArray;
import org.xfrmctl.netlink.message.NetlinkMessage;

/** An array of objects. */
final class JsonListing implements Listing {
    private final Function<NetlinkMessage, Map<String, Object>> objects;
    private final PrintWriter out;
    private final JsonArray array;

    JsonListing(Function<NetlinkMessage, Map<String, Object>> objects, PrintWriter out) {
        this.objects = objects;
        this.out = out;
        this.array = new JsonArray(out);
    }

    @Override
    public void add(NetlinkMessage message) {
        array.add(objects.apply(message));
    }

    @Override
    public void close() {
        array.close();
        out.println();
        out.flush();
    }
}
