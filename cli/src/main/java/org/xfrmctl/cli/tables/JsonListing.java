package org.xfrmctl.cli.tables;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.xfrmctl.cli.render.JsonArray;
import org.xfrmctl.netlink.message.NetlinkMessage;

/** An array of objects. It has no end if the list broke off, and no beginning if nothing came. */
final class JsonListing implements Listing {
    private final Function<NetlinkMessage, Map<String, Object>> objects;
    private final PrintWriter out;
    private Optional<JsonArray> array = Optional.empty();

    JsonListing(Function<NetlinkMessage, Map<String, Object>> objects, PrintWriter out) {
        this.objects = objects;
        this.out = out;
    }

    @Override
    public void add(NetlinkMessage message) {
        begun().add(objects.apply(message));
    }

    @Override
    public void end() {
        begun().close();
    }

    private JsonArray begun() {
        if (array.isEmpty()) {
            array = Optional.of(new JsonArray(out));
        }
        return array.get();
    }

    @Override
    public void close() {
        array.ifPresent(JsonArray::flush);
        out.flush();
    }
}
